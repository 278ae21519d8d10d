/** Text from files as reports print it; the same as in copies of tables. */
export { plainText } from '../base/plain-text.ts'
