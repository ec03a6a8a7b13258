/**
 * What does an answer of Graph mean for our message? Pure reading of HTTP answers and of `statuses[].errors`.
 * Graph throttles with HTTP 400, so everything is decided by its code, never by the HTTP status.
 * Source: Cloud API "error codes".
 */
import { z } from 'zod/v4';
import type { ProviderError, RetryAdvice } from '../../model';
import {
	ERROR_TABLE,
	PERMISSION_RANGE,
	RETRIED,
	UNKNOWN_OBJECT,
	UNLISTED,
	type Advice,
	type ErrorMeaning,
} from './error-table';
import { optionalText } from './webhook-fields';
import type { Refusal } from '../refusal';

export interface GraphError extends ProviderError {
	code: number;
	subcode: number | null;
	/** Meta says the same call may work later. */
	transient: boolean;
}

/** What is needed of an error to explain it; a failed status brings the code alone. */
export interface CodeSeen {
	code: number | string;
	subcode?: number | null;
	transient?: boolean;
	/** What Meta says of this very case; told where the sentence asks to look at it. */
	details?: string;
}

export interface Explanation {
	retry: RetryAdvice;
	explanation: string;
}

const LONGEST_WAIT_MS = 15 * 60_000;
const LONGEST_DETAILS = 300;
const GATEWAY_BACKOFF: Advice = { scope: 'channel', waitMs: 10_000, growth: 2 };

/** For any place a code is seen: the HTTP answer or a failed status. `attempt` counts earlier tries and lengthens waits. */
export function explainError(error: CodeSeen, attempt = 0): Explanation {
	const code = Number(error.code);
	const meaning = meaningOf(code, error.subcode ?? null);
	if (meaning === UNLISTED && error.transient) {
		return { retry: retryOf(ERROR_TABLE[1]!.advice, attempt), explanation: ERROR_TABLE[1]!.explanation };
	}
	return { retry: retryOf(meaning.advice, attempt), explanation: withDetails(meaning.explanation, error.details) };
}

/** A sentence that points to the details brings them along. */
function withDetails(explanation: string, details = ''): string {
	const told = details.replace(/\s+/g, ' ').trim().slice(0, LONGEST_DETAILS);
	return told && explanation.includes('Veja o detalhe') ? `${explanation} Detalhe da Meta: ${told}` : explanation;
}

/**
 * An answer that was not a success.
 * `unknown`: the server failed while it may already have acted, so the message must not be blindly repeated.
 */
export function classify(
	httpStatus: number,
	body: unknown,
	attempt = 0,
): Refusal | { type: 'unknown'; reason: string } {
	const error = readGraphError(body);
	if (!error) return classifyForeign(httpStatus, attempt);
	const listed = meaningOf(error.code, error.subcode) !== UNLISTED || error.transient;
	if (httpStatus >= 500 && !listed) {
		return { type: 'unknown', reason: `A Meta falhou ao responder (HTTP ${httpStatus}, código ${error.code}).` };
	}
	const { code, title, details } = error;
	return { type: 'refused', error: { code, title, details }, ...explainError(error, attempt) };
}

const graphErrorSchema = z.object({
	error: z.object({
		code: z.coerce.number().int(),
		message: optionalText,
		error_user_msg: optionalText,
		error_subcode: z.number().optional().catch(undefined),
		is_transient: z.boolean().optional().catch(undefined),
		error_data: z.object({ details: optionalText }).optional().catch(undefined),
	}),
});

/** @returns null when the body is not an error of Graph (a proxy's page, nothing at all) */
export function readGraphError(body: unknown): GraphError | null {
	const parsed = graphErrorSchema.safeParse(body);
	if (!parsed.success) return null;
	const { code, message, error_data, error_user_msg, error_subcode, is_transient } = parsed.data.error;
	return {
		code,
		title: message ?? '',
		details: error_data?.details ?? error_user_msg ?? message ?? '',
		subcode: error_subcode ?? null,
		transient: is_transient ?? false,
	};
}

function meaningOf(code: number, subcode: number | null): ErrorMeaning {
	if (code === 100 && subcode === 33) return UNKNOWN_OBJECT;
	if (code >= 200 && code <= 299) return PERMISSION_RANGE;
	return (Object.hasOwn(ERROR_TABLE, code) && ERROR_TABLE[code]) || UNLISTED;
}

function retryOf(advice: Advice, attempt: number): RetryAdvice {
	if (typeof advice === 'string') return { kind: advice };
	const wait = advice.waitMs * advice.growth ** Math.max(0, attempt);
	return { kind: 'backoff', minMs: Math.min(wait, LONGEST_WAIT_MS), scope: advice.scope };
}

/** Answers that Graph did not write: a proxy, a firewall, a wrong base URL. */
function classifyForeign(httpStatus: number, attempt: number): Refusal | { type: 'unknown'; reason: string } {
	if (httpStatus >= 500 || httpStatus === 408 || httpStatus < 300) {
		return { type: 'unknown', reason: `A resposta da Meta não pôde ser lida (HTTP ${httpStatus}).` };
	}
	const error: ProviderError = { code: `http${httpStatus}`, title: `HTTP ${httpStatus}`, details: '' };
	if (httpStatus === 429) {
		const explanation = `Um servidor no caminho limitou o ritmo de envio. ${RETRIED}`;
		return { type: 'refused', error, retry: retryOf(GATEWAY_BACKOFF, attempt), explanation };
	}
	const explanation = `A resposta (HTTP ${httpStatus}) não veio da API da Meta. Confira a URL base da credencial e o proxy da rede.`;
	return { type: 'refused', error, retry: { kind: 'fix' }, explanation };
}
