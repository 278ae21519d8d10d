import { exposeSession } from './door.ts'
import { trustOwnScripts } from './trusted-scripts.ts'

trustOwnScripts()
exposeSession()
