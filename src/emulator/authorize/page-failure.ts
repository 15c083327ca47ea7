import { OAuthFailure } from '../http/failure.js'

/** A failure that is a page, even where the client could be told. */
export class PageFailure extends OAuthFailure {
  constructor(text: string) {
    super(400, 'invalid_request', text)
  }
}
