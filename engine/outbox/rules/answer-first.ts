import { refuse, type Rule } from './facts';

/**
 * A number that answers first starts no campaign with somebody who has never written to it (D-12). What concerns the contact's own
 * order or invoice may go out, within the caps.
 */
export const answerFirst: Rule = ({ kind, answerFirst: isOn, lastInboundAt, hasPlace }) => {
	if (!isOn || kind !== 'campaign' || hasPlace || lastInboundAt !== null) return null;
	return refuse(
		'neverWrote',
		'Não enviada: o contato nunca escreveu para este número, e por segurança ele só envia campanhas a quem já escreveu. Use a API oficial, ou peça ao contato que escreva primeiro.',
	);
};
