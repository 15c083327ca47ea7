import { base64url } from 'jose'

/** SHA-256 of the text's UTF-8 bytes, in base64url. */
export async function sha256(text: string): Promise<string> {
  return base64url.encode(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))
}
