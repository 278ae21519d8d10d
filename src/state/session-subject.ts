import { useEffect } from 'react'
import { type SaidOn } from '../session/register.ts'
import { type About, type Subject } from '../session/subject.ts'

/** What a person looks at and may say something about: a failed range, or a stack. */
export interface SessionSubject {
  readonly kind: 'range' | 'stack'
  /** All names, the one to keep it under first. */
  readonly names: readonly Subject[]
  readonly about: About
  readonly on?: SaidOn
  /** For people: `cma 0x17800-0x17c00`. */
  readonly title: string
}

let offered: SessionSubject | undefined

/** What keys are about at this moment; `undefined` where nothing is to be judged. */
export function subjectNow(): SessionSubject | undefined {
  return offered
}

/** Offers what a part of the screen shows to the keys, as long as it shows it. */
export function useOfferSubject(subject: SessionSubject | undefined): void {
  useEffect(() => {
    if (subject === undefined) return undefined
    offered = subject
    return () => {
      if (offered === subject) offered = undefined
    }
  }, [subject])
}
