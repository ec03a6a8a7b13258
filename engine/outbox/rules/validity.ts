import { refuse, type Rule } from './facts';

export const EXPIRED = 'Não enviada: a validade da mensagem terminou antes do envio.';

/** A message that came too late is not sent at all. */
export const validity: Rule = ({ validUntil }, now) =>
	validUntil !== null && now > validUntil ? refuse('expired', EXPIRED) : null;
