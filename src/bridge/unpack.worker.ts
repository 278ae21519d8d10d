import { exposeUnpacking } from './unpack-door.ts'

exposeUnpacking()
