/** @type {import('../../../src/emulator/index.js').Action} */
export const acceptLegacySession = ({ transaction, secrets }, api) => {
  const [key, name] = transaction.subject_token.split(':')
  if (key !== secrets.LEGACY_KEY || name === undefined) {
    api.access.rejectInvalidSubjectToken('The session has ended.')
    return
  }
  api.authentication.setUserByConnection('legacy', { user_id: name })
  if (transaction.actor_token_user) api.authentication.setActor({ sub: transaction.actor_token_user.user_id })
}

export const notAFunction = 1
