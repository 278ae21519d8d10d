import { exposeScans } from './scan-door.ts'

exposeScans()
