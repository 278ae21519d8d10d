import { exposeHashing } from './hash-door.ts'

exposeHashing()
