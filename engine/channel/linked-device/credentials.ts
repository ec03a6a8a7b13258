/** Is what a linked device's credential says usable? Says which field is wrong, why, and what to enter instead. Pure. */
import { ConfigurationError } from '../../errors';
import type { LinkedDeviceCredentials } from '../../model-linked-device';
import type { Problem } from '../port';

type Field = keyof LinkedDeviceCredentials;

export interface CredentialProblem extends Problem {
	field: Field;
}

const NAME = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;
export const SHORTEST_KEY = 20;
const HOW_TO_MAKE_A_KEY = 'Make one with a password manager, or with the command "openssl rand -base64 32".';

/** @param data as n8n stores the credential: any field may be missing */
export function linkedDeviceProblems(data: Readonly<Record<string, unknown>>): CredentialProblem[] {
	const name = textOf(data.sessionName);
	const key = textOf(data.sessionKey);
	const previous = textOf(data.previousSessionKey);
	const problems: CredentialProblem[] = [];
	const say = (field: Field, what: string, why: string, fix: string) => problems.push({ field, what, why, fix });

	if (name === '') {
		const why = 'It tells one linked number of this desk from another.';
		say('sessionName', '"Session Name" is empty.', why, 'Enter a short name, such as "atendimento".');
	} else if (!NAME.test(name)) {
		const why = `"${name}" is not made of lower-case letters, digits and hyphens alone, at most 40.`;
		const suggested = suggestName(name);
		const fix = suggested ? `Use "${suggested}", for example.` : 'Enter a name such as "atendimento".';
		say('sessionName', '"Session Name" cannot be used.', why, fix);
	}
	if (key === '') {
		const why =
			'The link to WhatsApp is stored encrypted under it: whoever has the link can read and write as the number.';
		say('sessionKey', '"Session Key" is empty.', why, HOW_TO_MAKE_A_KEY);
	} else if (isWeak(key)) {
		const why = `It needs at least ${SHORTEST_KEY} characters that are not all alike; it has ${key.length}.`;
		say('sessionKey', '"Session Key" is too weak.', why, HOW_TO_MAKE_A_KEY);
	}
	if (previous !== '' && previous === key) {
		const why = 'Both keys are the same, so nothing would be encrypted anew.';
		const fix = 'Put the new key into "Session Key", or leave "Previous Session Key" empty.';
		say('previousSessionKey', '"Previous Session Key" has no purpose.', why, fix);
	}
	return problems;
}

/** @throws ConfigurationError naming the first field at fault */
export function tidyLinkedDevice(data: Readonly<Record<string, unknown>>): LinkedDeviceCredentials {
	const [problem] = linkedDeviceProblems(data);
	if (problem) {
		const { what, why, fix, field } = problem;
		throw new ConfigurationError(`${what} ${why}`, `${fix} It is in the credential WhatsApp Linked Device.`, field);
	}
	const previous = textOf(data.previousSessionKey);
	return {
		sessionName: textOf(data.sessionName),
		sessionKey: textOf(data.sessionKey),
		...(previous === '' ? {} : { previousSessionKey: previous }),
	};
}

/** Whether secrets sealed for the one can be opened for the other. */
export function haveSameKeys(one: LinkedDeviceCredentials, other: LinkedDeviceCredentials): boolean {
	return one.sessionKey === other.sessionKey && (one.previousSessionKey ?? '') === (other.previousSessionKey ?? '');
}

function isWeak(key: string): boolean {
	return key.length < SHORTEST_KEY || new Set(key).size < 5;
}

/** "Atendimento São Paulo" → "atendimento-sao-paulo"; '' when nothing is left. */
function suggestName(name: string): string {
	return name
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.slice(0, 40)
		.replace(/^-+|-+$/g, '');
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
