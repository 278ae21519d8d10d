declare const brand: unique symbol

/** A primitive with a meaning: `Brand<number, 'Pfn'>` is a number that only a cast at the edge can make. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name }
