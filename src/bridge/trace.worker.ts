import { exposeSession } from './door.ts'

exposeSession()
