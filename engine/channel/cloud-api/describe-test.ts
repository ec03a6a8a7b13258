/**
 * Why did a call with these credentials fail, and what should be changed? English, for the credential test and
 * Channel: Status. Pure; never repeats the token.
 */
import type { Problem } from '../port';
import { readGraphError } from './errors';
import type { GraphAnswer } from './graph';

const MANAGER = 'WhatsApp Manager (business.facebook.com > WhatsApp accounts)';

/** @param answer anything but a success: an error of Graph, a foreign page, or no answer at all */
export function describeFailure(answer: GraphAnswer, host: string): Problem {
	if (answer.type === 'failed') return describeSilence(answer.cause, host);
	const error = readGraphError(answer.body);
	if (!error) return describeForeignAnswer(answer.status, host);
	const { code, subcode, details } = error;
	const known = describeCode(code, subcode, details);
	if (known) return known;
	return {
		what: `Meta refused the call with code ${code}.`,
		why: details || 'Meta gave no detail.',
		fix: 'Look the code up on the Cloud API error page, or try again in a minute.',
	};
}

/** All of it in one line, for a credential test that shows a single message. */
export function problemText({ what, why, fix }: Problem): string {
	return `${what} ${why} ${fix}`;
}

function describeCode(code: number, subcode: number | null, details: string): Problem | null {
	if (code === 190 || code === 0) {
		return {
			what: 'Meta does not accept the access token.',
			why: 'It expired, was revoked or was copied incompletely; a token from the app dashboard lasts less than a day.',
			fix: 'Create a system-user token (it can be permanent) in Business Settings and paste it into Access Token.',
		};
	}
	if (code === 33 || (code === 100 && subcode === 33)) {
		return {
			what: 'Meta does not know this Phone Number ID for this token.',
			why: 'The id is wrong (it is not the phone number itself), or the token belongs to another business.',
			fix: 'Copy Phone Number ID from the app dashboard (WhatsApp > API Setup) and use a token of the same business.',
		};
	}
	if (code === 100) {
		return {
			what: 'Meta refused a value of the call.',
			why: details || 'Phone Number ID or Graph Version is most likely not what Meta expects there.',
			fix: 'Check Phone Number ID (digits only) and set Graph Version to a current one, such as v26.0.',
		};
	}
	if (code === 3 || code === 10 || code === 131005 || (code >= 200 && code <= 299)) {
		return {
			what: 'The access token may not use this WhatsApp account.',
			why: 'It lacks a permission, or its system user was not given the WhatsApp Business Account.',
			fix:
				'Grant whatsapp_business_messaging and whatsapp_business_management, assign the account to the system user ' +
				'in Business Settings, then create the token again.',
		};
	}
	if (code === 4 || code === 80007) {
		return {
			what: 'Meta is limiting the calls of this app.',
			why: 'The hourly number of calls was used up.',
			fix: 'Try again in an hour; messages already accepted are not affected.',
		};
	}
	if (code === 368 || code === 131031) {
		return {
			what: 'Meta blocked this account.',
			why: 'It says a policy was violated or account data does not match.',
			fix: `Read the reason and appeal in ${MANAGER}.`,
		};
	}
	if (code === 1 || code === 2 || code === 131000 || code === 131016 || code === 131057 || code === 133004) {
		return {
			what: 'Meta is temporarily unavailable.',
			why: `It answered with code ${code}.`,
			fix: 'Try again in a minute.',
		};
	}
	return null;
}

function describeForeignAnswer(status: number, host: string): Problem {
	return {
		what: `${host} answered HTTP ${status}, but not like Meta's API.`,
		why: 'The base URL points elsewhere, or a proxy or firewall answered in its place.',
		fix: 'Set Base URL to https://graph.facebook.com and let n8n reach it.',
	};
}

function describeSilence(cause: string, host: string): Problem {
	if (cause === 'ENOTFOUND' || cause === 'EAI_AGAIN' || cause === 'ERR_INVALID_URL') {
		return {
			what: `The address ${host} was not found (${cause}).`,
			why: 'The base URL is misspelt, or n8n has no working DNS.',
			fix: 'Check Base URL, and that the machine of n8n can open https://graph.facebook.com.',
		};
	}
	if (isCertificateProblem(cause)) {
		return {
			what: `The certificate of ${host} was not accepted (${cause}).`,
			why: 'A proxy opens the connection, or the base URL uses a certificate of its own.',
			fix: "Give n8n the proxy's certificate (NODE_EXTRA_CA_CERTS) or correct Base URL.",
		};
	}
	return {
		what: `No answer from ${host} (${cause}).`,
		why: 'The network, a firewall or a proxy does not let n8n reach it, or it is down.',
		fix: 'Check that the machine of n8n can open https://graph.facebook.com, then try again.',
	};
}

function isCertificateProblem(cause: string): boolean {
	return /CERT|SIGNATURE|TLS|SSL|EPROTO/.test(cause);
}
