/** What is a contact told who opted out or in, and was that said already? */
import type { ConsentNews, Instant } from '../model';
import type { Tx } from '../store/open-store';
import { oneOf } from '../store/sql';

/** Named in the sending rules: these go out although a human attends. */
export const CONSENT_PURPOSES: Record<ConsentNews, string> = {
	optedOut: 'optOutConfirmation',
	marketingStopped: 'marketingStopConfirmation',
	optedIn: 'optInConfirmation',
};

const TEXTS: Record<ConsentNews, string> = {
	optedOut:
		'Pronto! Não enviaremos mais mensagens por nossa iniciativa para você. Se precisar de atendimento, é só escrever: ' +
		'continuaremos respondendo. Para voltar a receber, responda QUERO RECEBER.',
	marketingStopped:
		'Pronto! Você não receberá mais promoções nossas. Avisos sobre os seus pedidos e o atendimento continuam. ' +
		'Para voltar a receber, responda QUERO RECEBER PROMOÇÕES.',
	optedIn: 'Pronto! Você receberá as nossas mensagens por aqui. Para não receber mais, responda PARAR.',
};

const DAY_MS = 24 * 3_600_000;
/** Somebody who keeps changing their mind is most likely a machine (D-16). */
const MOST_A_DAY = 4;

export function confirmationOf(news: ConsentNews): string {
	return TEXTS[news];
}

/** The same word again within a day is not confirmed again; a change of mind is, within reason. */
export async function isConfirmedAlready(tx: Tx, contactId: string, news: ConsentNews, now: Instant): Promise<boolean> {
	const told = await tx
		.selectFrom('outbox')
		.select('purpose')
		.where('contact_id', '=', contactId)
		.where('created_at', '>', now - DAY_MS)
		.where(oneOf(tx, 'purpose', Object.values(CONSENT_PURPOSES)))
		.orderBy('created_at', 'desc')
		.orderBy('seq', 'desc')
		.limit(MOST_A_DAY)
		.execute();
	return told[0]?.purpose === CONSENT_PURPOSES[news] || told.length === MOST_A_DAY;
}
