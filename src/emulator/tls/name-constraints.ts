import { GeneralName } from '@peculiar/x509'
import { isIP } from 'node:net'

const SEQUENCE = 0x30
const PERMITTED_SUBTREES = 0xa0
const IP_ADDRESS = 0x87
const HEADER_BYTES = 2

/** The extension's value in DER (RFC 5280, section 4.2.1.10): what a certificate may be for. */
export function nameConstraints(names: readonly string[]): Uint8Array<ArrayBuffer> {
  const subtrees = names.map((name) => der(SEQUENCE, isIP(name) === 0 ? dnsName(name) : oneAddress(name)))
  return der(SEQUENCE, der(PERMITTED_SUBTREES, ...subtrees))
}

function dnsName(name: string): Uint8Array {
  return new Uint8Array(new GeneralName('dns', name).rawData)
}

/** A subtree of addresses is an address with its mask. */
function oneAddress(ip: string): Uint8Array {
  const address = new Uint8Array(new GeneralName('ip', ip).rawData).subarray(HEADER_BYTES)
  return der(IP_ADDRESS, address, new Uint8Array(address.length).fill(0xff))
}

function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const content = parts.flatMap((part) => [...part])
  const { length } = content
  const header = length < 0x80 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff]
  return Uint8Array.from([...header, ...content])
}
