/**
 * What does a code mean with which WhatsApp turned down a message of a linked device, and what is to be done? Data only.
 * WhatsApp documents none of them; the meanings are those that Baileys, its issues (1983, 2441, 888) and whatsmeow report.
 */
import type { RetryAdvice } from '../../model';

export interface ErrorMeaning {
	/** Whether and how long the first new try waits, in milliseconds; without it the message is over. */
	wait?: { ms: number; scope: 'contact' | 'channel' };
	/** Portuguese: what happened and what to do. */
	explanation: string;
}

/** The number may answer but not start conversations: each further try makes it worse (D-12). */
export const RESTRICTED = '463';

const SECOND = 1_000;
const LONGEST_WAIT_MS = 15 * 60 * SECOND;

const PASSING: ErrorMeaning = {
	wait: { ms: 30 * SECOND, scope: 'contact' },
	explanation: 'O WhatsApp não conseguiu processar a mensagem agora. O envio é repetido por um tempo.',
};

const TABLE: Record<string, ErrorMeaning> = {
	[RESTRICTED]: {
		explanation:
			'O WhatsApp não deixa este número iniciar conversas agora; ele pode responder a quem escreve. Não insista: pare os ' +
			'envios para quem nunca escreveu e espere o WhatsApp liberar o número, ou peça ao contato que escreva primeiro.',
	},
	'479': {
		explanation:
			'O WhatsApp recusou a mensagem por causa do vínculo deste aparelho com o contato. Envie de novo; se continuar, desative ' +
			'e ative o número, com um novo QR code.',
	},
	'405': {
		explanation: 'O WhatsApp não aceita este tipo de mensagem de um aparelho conectado. Envie como texto ou arquivo.',
	},
	'400': { explanation: 'O WhatsApp não entendeu a mensagem. Confira o conteúdo e envie de novo.' },
	'401': {
		explanation: 'O WhatsApp não reconheceu este aparelho. Confira se o número continua conectado e envie de novo.',
	},
	'403': {
		explanation: 'O WhatsApp não permite escrever para este contato. Ele pode ter bloqueado o número da empresa.',
	},
	'404': { explanation: 'O WhatsApp não encontrou o destinatário. Confirme o número do contato.' },
	'406': { explanation: 'O WhatsApp não aceitou o conteúdo da mensagem. Envie outro texto ou arquivo.' },
	'429': {
		wait: { ms: 60 * SECOND, scope: 'channel' },
		explanation: 'O número está enviando depressa demais. O envio espera um pouco e continua mais devagar.',
	},
	'408': PASSING,
	'500': PASSING,
	'503': PASSING,
};

const UNLISTED = (code: string): ErrorMeaning => ({
	explanation: `O WhatsApp não entregou a mensagem (código ${code}). Confirme o número do contato antes de enviar de novo.`,
});

/** 463, although the number is not restricted: what is missing is WhatsApp's leave for this one contact. */
export const NO_LEAVE: ErrorMeaning = {
	explanation:
		'O WhatsApp recusou esta mensagem (463), mas disse que o número não está restrito: para este contato falta a permissão que o ' +
		'WhatsApp concede quando ele escreve. Peça ao contato que escreva primeiro, ou tente de novo mais tarde; não insista.',
};

/** @param attempt counts earlier tries and lengthens the wait */
export function explainLinkedError(code: number | string, attempt = 0): { retry: RetryAdvice; explanation: string } {
	const { wait, explanation } = (Object.hasOwn(TABLE, code) && TABLE[code]) || UNLISTED(String(code));
	if (!wait) return { retry: { kind: 'never' }, explanation };
	const minMs = Math.min(wait.ms * 2 ** Math.max(0, attempt), LONGEST_WAIT_MS);
	return { retry: { kind: 'backoff', minMs, scope: wait.scope }, explanation };
}
