/**
 * Is this number able to serve, as Meta itself describes it (D-30)? Pure reading of
 * `GET /{phone-number-id}?fields=…`. Source: Cloud API "business phone numbers" and "messaging health status".
 */
import { z } from 'zod/v4';
import type { ChannelHealth, Problem } from '../port';
import { describeFailure } from './describe-test';
import type { GraphAnswer } from './graph';
import { isObject, listOf, textOf, type Json } from '../untrusted';
import { optionalText } from './webhook-fields';

export const HEALTH_FIELDS = [
	'display_phone_number',
	'verified_name',
	'quality_rating',
	'status',
	'platform_type',
	'webhook_configuration',
	'health_status',
].join(',');

const numberSchema = z.object({
	id: z.string(),
	display_phone_number: optionalText,
	verified_name: optionalText,
	quality_rating: optionalText,
	status: optionalText,
	platform_type: optionalText,
	webhook_configuration: z.record(z.string(), z.unknown()).optional().catch(undefined),
	health_status: z
		.object({ can_send_message: optionalText, entities: z.array(z.unknown()).optional().catch(undefined) })
		.optional()
		.catch(undefined),
});

type NumberFacts = z.infer<typeof numberSchema>;

export function readHealth(answer: GraphAnswer, host: string): ChannelHealth {
	const parsed = answer.type === 'answered' && answer.status < 300 ? numberSchema.safeParse(answer.body) : null;
	if (!parsed?.success) {
		return { ok: false, phone: null, name: null, quality: 'unknown', problems: [describeFailure(answer, host)] };
	}
	const number = parsed.data;
	const blocking = blockingProblems(number);
	const warnings = warningsOf(number);
	return {
		ok: blocking.length === 0,
		phone: number.display_phone_number ?? null,
		name: number.verified_name ?? null,
		quality: qualityOf(number.quality_rating),
		problems: [...blocking, ...warnings],
	};
}

/** A flagged or restricted number is in trouble, but it still sends; its health status says how much. */
const STILL_SENDING = new Set(['CONNECTED', 'FLAGGED', 'RESTRICTED', 'UNKNOWN']);

function blockingProblems(number: NumberFacts): Problem[] {
	const problems: Problem[] = [];
	if (number.platform_type && number.platform_type !== 'CLOUD_API') {
		problems.push({
			what: 'The number is not registered on the Cloud API.',
			why: `Meta reports its platform as ${number.platform_type}.`,
			fix: 'Register it (WhatsApp Manager > Phone numbers, or POST /{phone-number-id}/register with its PIN).',
		});
	}
	if (number.status && !STILL_SENDING.has(number.status)) {
		problems.push({
			what: `The number is ${number.status.toLowerCase()}, not connected.`,
			why: 'Meta only lets connected numbers send and receive.',
			fix: 'Open WhatsApp Manager > Phone numbers and finish what it asks for this number.',
		});
	}
	if (number.health_status?.can_send_message === 'BLOCKED') {
		problems.push({
			what: 'Meta is blocking messages of this number.',
			why: healthReasons(number) || 'The health status gives no detail.',
			fix: healthSolutions(number) || 'Open WhatsApp Manager and resolve what it shows for the number and the account.',
		});
	}
	if (number.webhook_configuration && callbackUrls(number.webhook_configuration).length === 0) {
		problems.push({
			what: 'No webhook is configured, so nothing a customer writes will arrive.',
			why: 'Neither the number, its WhatsApp account nor the app has a callback URL.',
			fix: 'Publish a Cloud API Webhook node and paste its callback URL and verify token into the app (WhatsApp > Configuration).',
		});
	}
	return problems;
}

function warningsOf(number: NumberFacts): Problem[] {
	const problems: Problem[] = [];
	if (number.health_status?.can_send_message === 'LIMITED') {
		problems.push({
			what: 'Meta limits the messages of this number.',
			why: healthReasons(number) || 'The health status gives no detail.',
			fix: healthSolutions(number) || 'Open WhatsApp Manager and resolve what it shows for the number and the account.',
		});
	}
	if (qualityOf(number.quality_rating) === 'red') {
		problems.push({
			what: 'The quality of the number is low.',
			why: 'In the last seven days many people blocked or reported it.',
			fix: 'Pause campaigns, send only to people who agreed, and watch the rating in WhatsApp Manager.',
		});
	}
	return problems;
}

function healthErrors(number: NumberFacts): Json[] {
	const entities = listOf(number.health_status?.entities).filter(isObject);
	return entities.flatMap((entity) => listOf(entity.errors).filter(isObject));
}

function healthReasons(number: NumberFacts): string {
	return healthErrors(number)
		.map((error) => textOf(error.error_description) ?? `code ${String(error.error_code)}`)
		.join(' ');
}

function healthSolutions(number: NumberFacts): string {
	return healthErrors(number)
		.flatMap((error) => textOf(error.possible_solution) ?? [])
		.join(' ');
}

function callbackUrls(configuration: Json): string[] {
	return Object.values(configuration).filter((url): url is string => typeof url === 'string' && url !== '');
}

function qualityOf(rating: string | undefined): ChannelHealth['quality'] {
	const lower = rating?.toLowerCase();
	return lower === 'green' || lower === 'yellow' || lower === 'red' ? lower : 'unknown';
}
