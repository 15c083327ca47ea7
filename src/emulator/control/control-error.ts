/** Why `/__emulator/` refused. */
export type ControlErrorCode =
  'forbidden_host' | 'forbidden_origin' | 'not_found' | 'method_not_allowed' | 'json_required' | 'invalid_input'

/** The body of every error at `/__emulator/`. */
export interface ControlErrorBody {
  readonly error: ControlErrorCode
  /** What is wrong, and what to do. */
  readonly message: string
}

const STATUSES: Readonly<Record<ControlErrorCode, number>> = {
  forbidden_host: 403,
  forbidden_origin: 403,
  not_found: 404,
  method_not_allowed: 405,
  json_required: 415,
  invalid_input: 400,
}

/** A request that is refused. */
export class ControlError extends Error {
  override readonly name = 'ControlError'
  readonly code: ControlErrorCode
  readonly headers: Readonly<Record<string, string>>

  constructor(code: ControlErrorCode, message: string, headers: ControlError['headers'] = {}) {
    super(message)
    this.code = code
    this.headers = headers
  }

  get status(): number {
    return STATUSES[this.code]
  }

  toBody(): ControlErrorBody {
    return { error: this.code, message: this.message }
  }
}
