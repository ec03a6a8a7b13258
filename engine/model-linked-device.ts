/**
 * The words of a linked device: a number that is reached through WhatsApp's "Dispositivos conectados" instead of the Cloud API.
 * Values only. A session is the link between one number and this desk; it is known by the name its credential gives it.
 */
import type { Instant } from './model';

/** As the credential holds it. */
export interface LinkedDeviceCredentials {
	/** Stable name of the session, lower-case letters, digits and hyphens, e.g. "atendimento". */
	sessionName: string;
	/** What the session's secrets are encrypted with. Without it they cannot be read again. */
	sessionKey: string;
	/** The key before the last change: secrets under it are read and written anew under `sessionKey`. */
	previousSessionKey?: string;
}

/**
 *   inactive      nobody asked for it, or it was deactivated
 *   waiting       activated, and no process that may connect has taken it (no published WhatsApp Trigger with its credential)
 *   connecting    on the way to WhatsApp, not linked yet
 *   scan          a QR code (or pairing code) waits to be read
 *   linking       the code was read; the device logs in
 *   connected     messages come and go
 *   reconnecting  linked; the line is down and will be tried again at `nextAttemptAt`
 *   stopped       linked or not, nothing is tried until somebody acts; `problem` says why
 */
export type SessionState =
	'inactive' | 'waiting' | 'connecting' | 'scan' | 'linking' | 'connected' | 'reconnecting' | 'stopped';

/** Why a session is not connected. Each has a sentence in Portuguese that says what to do (linked-device/problems.ts). */
export type SessionProblem =
	/** Nobody read a code in time: B-27, D-11. */
	| 'codeExpired'
	/** The phone that read the code has another number than the one asked for (B-17). */
	| 'otherNumber'
	/** Another program or computer uses this very session (440). */
	| 'replaced'
	/** Unlinked on the phone, or WhatsApp ended the link (401). */
	| 'loggedOut'
	/** WhatsApp blocked the number (403). */
	| 'banned'
	/** The link has to be made anew (411). */
	| 'mustRelink'
	/** The stored secrets cannot be read with the key of the credential. */
	| 'wrongKey'
	/** The stored secrets are damaged. */
	| 'corruptState'
	/** WhatsApp takes clients of this version no more (405): the package has to be updated. */
	| 'outdated'
	/** The line is down: 428, 408, 500, 503, no answer to the upgrade… */
	| 'unreachable'
	/** The number may answer but not start conversations (463). */
	| 'restricted';

/** A session as pages, nodes and reports show it. */
export interface LinkedDeviceView {
	/** `linkedDevice:<session name>` */
	channelId: string;
	sessionName: string;
	state: SessionState;
	/** Digits with country code, as typed at activation or learnt at linking; null when never given. */
	phone: string | null;
	/** What the number calls itself. */
	name: string | null;
	problem: SessionProblem | null;
	/** Portuguese: what happened and what to do; null when all is well. */
	explanation: string | null;
	/** Only in state `scan`. `code` is the text of the QR; `expiresAt` when the next one replaces it. */
	qr: { code: string; expiresAt: Instant; number: number } | null;
	/** Only in state `scan`, when a code to type was asked for: eight characters. */
	pairingCode: string | null;
	linkedAt: Instant | null;
	connectedAt: Instant | null;
	/** Last time anything was heard from WhatsApp. */
	heardAt: Instant | null;
	nextAttemptAt: Instant | null;
	/** Whole days since it was linked (C-09: it is asked to be linked again every 15). */
	ageDays: number | null;
}

export const linkedDeviceChannelId = (sessionName: string): string => `linkedDevice:${sessionName}`;

export const isLinkedDevice = (channelId: string): boolean => channelId.startsWith('linkedDevice:');
