import { exposeShards } from './shard-door.ts'

exposeShards()
