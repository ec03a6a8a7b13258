import { randomBytes } from 'node:crypto';
import type { StatusError } from '../model';

/** What does a refusal look like? Graph error bodies and their HTTP statuses (cloud-api.md §3). */
export interface Problem {
	code: number;
	details: string;
	/** When the code's usual HTTP status or title does not fit. */
	status?: number;
	title?: string;
	subcode?: number;
	/** What Graph says to people, in the language of the account; its message then has no code in front. */
	user?: { title: string; message: string };
}

const TITLES: Record<number, string> = {
	0: 'AuthException',
	1: 'API Unknown',
	2: 'API Service',
	4: 'API Too Many Calls',
	10: 'Permission Denied',
	33: 'Parameter value is not valid',
	100: 'Invalid parameter',
	190: 'Access token has expired',
	200: 'Permission denied',
	368: 'Temporarily blocked for policies violations',
	2200: 'Callback verification failed',
	2635: 'You are calling a deprecated version of the API',
	80007: 'Rate limit issues',
	80008: 'There have been too many calls to this WhatsApp Business account',
	130429: 'Rate limit hit',
	130472: "User's number is part of an experiment",
	131000: 'Something went wrong',
	131005: 'Access denied',
	131008: 'Required parameter is missing',
	131009: 'Parameter value is not valid',
	131016: 'Service unavailable',
	131021: 'Recipient cannot be sender',
	131026: 'Message undeliverable',
	131030: 'Recipient phone number not in allowed list',
	131031: 'Account has been locked',
	131042: 'Business eligibility payment issue',
	131047: 'Re-engagement message',
	131048: 'Spam rate limit hit',
	131049: 'Meta chose not to deliver',
	131050: 'User has stopped marketing messages from the business',
	131051: 'Unsupported message type',
	131052: 'Media download error',
	131053: 'Media upload error',
	131056: '(Business Account, Consumer Account) pair rate limit hit',
	131057: 'Account in maintenance mode',
	131059: 'Invalid paging cursor',
	131062: 'Business-scoped user ids are not supported for this message',
	132000: 'Number of parameters does not match the expected number of params',
	132001: 'Template name does not exist in the translation',
	132005: 'Template hydrated text too long',
	132007: 'Template format character policy violated',
	132012: 'Parameter format does not match format in the created template',
	132015: 'Template is paused',
	132016: 'Template is disabled',
	132018: 'There is an issue with the parameters in your template',
	133004: 'Server temporarily unavailable',
	133010: 'Phone number not registered',
};

// Everything else answers 400, throttling included (cloud-api.md §3).
const STATUSES: Record<number, number> = {
	0: 401,
	190: 401,
	10: 403,
	200: 403,
	368: 403,
	131005: 403,
	131031: 403,
	132001: 404,
	131000: 500,
	131016: 500,
	131057: 500,
	1: 503,
	2: 503,
	133004: 503,
};

export function httpStatusOf(problem: Problem): number {
	return problem.status ?? STATUSES[problem.code] ?? 400;
}

export function errorBody(problem: Problem): { error: Record<string, unknown> } {
	const title = problem.title ?? TITLES[problem.code] ?? 'Unknown error';
	return {
		error: {
			message: problem.code === 190 || problem.user ? title : `(#${problem.code}) ${title}`,
			type: 'OAuthException',
			code: problem.code,
			...(problem.subcode === undefined ? {} : { error_subcode: problem.subcode }),
			...(problem.user ? { error_user_title: problem.user.title, error_user_msg: problem.user.message } : {}),
			error_data: { messaging_product: 'whatsapp', details: problem.details },
			fbtrace_id: randomBytes(8).toString('base64url'),
		},
	};
}

/** The same refusal as it appears later, inside a status. */
export function statusError(code: number, details: string): StatusError {
	const title = TITLES[code] ?? 'Unknown error';
	return {
		code,
		title,
		message: title,
		error_data: { details },
		href: 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/',
	};
}

export function unknownObject(id: string, method: string): Problem {
	return {
		code: 100,
		subcode: 33,
		title: `Unsupported ${method.toLowerCase()} request`,
		details: `Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`,
	};
}
