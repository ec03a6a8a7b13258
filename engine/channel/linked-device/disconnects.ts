/**
 * What is done after a connection of a linked device ended? One table, by the code it ended with. Pure.
 * Codes are those of Baileys: a stream error, the reason of a refused login, or what it makes of a dead line.
 */
import type { SessionProblem } from '../../model-linked-device';

/** How one connection ended. */
export interface Ending {
	/** Null: nothing was said (silence, a refused upgrade, ended by us). */
	code: number | null;
	/** Whether a phone had accepted this device before. */
	linked: boolean;
	/** Whether codes to scan were shown on this connection. */
	showedCodes: boolean;
}

/**
 *   reconnect  at once, with the same secrets
 *   backOff    again, after a pause that grows
 *   rest       told at once, and tried again rarely, with the same secrets: it takes a person to mend it
 *   newCodes   not linked yet: with new secrets and new codes, as long as the ceiling allows
 *   stop       nothing until somebody acts; the secrets stay
 *   unlinked   the link is gone: its secrets are deleted, once, and somebody has to link anew
 */
export type Reaction =
	| { type: 'reconnect' }
	| { type: 'backOff' }
	| { type: 'rest'; problem: SessionProblem }
	| { type: 'newCodes' }
	| { type: 'stop'; problem: SessionProblem }
	| { type: 'unlinked'; problem: SessionProblem };

/** Codes after which trying again by itself is wrong; all others are trouble on the line. */
const REACTIONS: Readonly<Record<number, Reaction>> = {
	/** Restart required: always once after pairing. */
	515: { type: 'reconnect' },
	/** Replaced: somebody else logged in with these secrets. Two that reconnect would fight for ever (B-19, D-11). */
	440: { type: 'stop', problem: 'replaced' },
	/** Removed on the phone, or unknown to WhatsApp (B-32, B-35). 406 means the same to the official client. */
	401: { type: 'unlinked', problem: 'loggedOut' },
	406: { type: 'unlinked', problem: 'loggedOut' },
	/** Blocked; 402 for some time only. Trying on makes it worse. */
	402: { type: 'stop', problem: 'banned' },
	403: { type: 'stop', problem: 'banned' },
	/** Client too old: it hits everybody with this version within days, and no trying helps until there is a newer one. */
	405: { type: 'rest', problem: 'outdated' },
	/** The phone's WhatsApp does not match this way of linking any more. */
	411: { type: 'unlinked', problem: 'mustRelink' },
};

export function reactTo({ code, linked, showedCodes }: Ending): Reaction {
	const reaction = (code !== null && REACTIONS[code]) || BACK_OFF;
	if (linked) return reaction;
	// A code that was asked for and not typed leaves secrets that nobody knows; codes that ran out end with 408.
	if (reaction.type === 'unlinked') return { type: 'newCodes' };
	return code === TIMED_OUT && showedCodes ? { type: 'newCodes' } : reaction;
}

const BACK_OFF: Reaction = { type: 'backOff' };
const TIMED_OUT = 408;

/** Six codes are shown on one connection, in 160 seconds. After so many nobody seems to be looking (D-11). */
export const CODES_AT_MOST = 18;
