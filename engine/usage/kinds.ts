/**
 * What is counted per number and day? This is the whole list. Counts are of messages, each counted once however often the
 * provider reports it; a message that is tried again, or arrives after all, takes its earlier count back.
 *
 *   received                  customers' messages
 *   sent                      messages the provider accepted, templates included
 *   sent:template:<category>  of those, the ones sent as a template (HSM)
 *   delivered, read           of those, the ones that are known to have arrived, to have been read
 *   failed                    of those, the ones the provider could not deliver
 *   refused                   messages that never left, by one of our rules or by the provider's answer
 *   cost:<category>           delivered messages that are charged, with their cost
 *   free:<category>           delivered messages that cost nothing
 *   unpriced:<category>       delivered messages of a category the price table does not know: the cost is unknown
 *   quota:service             not shown: by month, how many service messages used the free allowance
 */
export type UsageKind =
	| 'received'
	| 'sent'
	| `sent:template:${string}`
	| 'delivered'
	| 'read'
	| 'failed'
	| 'refused'
	| `cost:${string}`
	| `free:${string}`
	| `unpriced:${string}`;

/** Its rows stand on the first day of the month. */
export const SERVICE_QUOTA = 'quota:service';

const TITLES: Record<string, string> = {
	received: 'Recebidas',
	sent: 'Enviadas',
	'sent:template': 'Enviadas como modelo',
	delivered: 'Entregues',
	read: 'Lidas',
	failed: 'Não entregues',
	refused: 'Não enviadas',
	cost: 'Cobradas',
	free: 'Sem custo',
	unpriced: 'Preço desconhecido',
};

const CATEGORIES: Record<string, string> = {
	marketing: 'marketing',
	marketing_lite: 'marketing (MM Lite)',
	utility: 'utilidade',
	authentication: 'autenticação',
	'authentication-international': 'autenticação internacional',
	service: 'serviço',
	referral_conversion: 'anúncio',
	other: 'outra categoria',
};

/** What a person reads, in Portuguese: "Cobradas: utilidade". */
export function titleOf(kind: string): string {
	const cut = kind.lastIndexOf(':');
	if (cut < 0) return TITLES[kind] ?? kind;
	const [group, category] = [kind.slice(0, cut), kind.slice(cut + 1)];
	return `${TITLES[group] ?? group}: ${CATEGORIES[category] ?? category}`;
}
