/** Can the number send, and to how many people? Pure. */
import { z } from 'zod/v4';
import { fine, problem } from '../../findings';
import type { Finding } from '../../port';
import type { GraphAnswer } from '../graph';
import { HEALTH_FIELDS, readHealth } from '../health';
import { optionalText } from '../webhook-fields';

/** Where webhooks go is a check of its own. */
export const NUMBER_FIELDS = HEALTH_FIELDS.split(',')
	.filter((field) => field !== 'webhook_configuration')
	.join(',');

export function numberFindings(answer: GraphAnswer, host: string): Finding[] {
	const { problems, phone, name, quality } = readHealth(answer, host);
	if (problems.length > 0) return problems.map((one) => problem('number', one));
	const who = `${phone ?? 'The number'}${name ? ` (${name})` : ''}`;
	return [fine('number', `${who} is registered and connected, and nothing limits it; quality: ${quality}.`)];
}

export const LIMIT_FIELDS = 'whatsapp_business_manager_messaging_limit';

const limitSchema = z.object({ whatsapp_business_manager_messaging_limit: optionalText });

/** How many people the business may start a conversation with in 24 h; nothing when Meta does not tell. */
export function limitFindings(answer: GraphAnswer): Finding[] {
	const parsed = answer.type === 'answered' && answer.status < 300 ? limitSchema.safeParse(answer.body) : null;
	const tier = parsed?.success ? parsed.data.whatsapp_business_manager_messaging_limit : undefined;
	if (!tier) return [];
	if (/UNLIMITED/.test(tier)) return [fine('messagingLimit', 'Meta does not limit how many people are written to.')];
	const count = tier.replace(/^TIER_/, '').replace(/K$/, ',000');
	return [
		fine(
			'messagingLimit',
			`Meta lets the business start conversations with ${count} people in 24 hours, all numbers together.`,
		),
	];
}
