import type { TextTable } from './texts';

/**
 * The part of a router's settings that a conversation carries with it, so that closing, assigning and timers speak with
 * the right words and limits although no router is at hand then. JSON, kept small: only what differs from the defaults.
 */
export interface DeskSettings {
	company: string;
	texts: TextTable;
	/** Display names by internal name. */
	queueNames: Record<string, string>;
	/** Where the conversation goes when triage cannot decide; null: the workflow decides. */
	fallbackQueue: string | null;
	graceMinutes: number;
	/** A start message goes out by itself, or is put in the agent's box (B-67). */
	startMode: 'send' | 'draft';
	/** After a person wrote from the company's phone: so long from their last message, so long at most from their first (D-08). */
	botPauseMinutes: number;
	botPauseCapMinutes: number;
	/** null: never (M-05). */
	inactivityHours: number | null;
	timeoutThen: 'fallback' | 'resolve';
}

export const DEFAULT_SETTINGS: DeskSettings = {
	company: 'nossa empresa',
	texts: { base: {}, special: {} },
	queueNames: {},
	fallbackQueue: null,
	graceMinutes: 30,
	startMode: 'send',
	botPauseMinutes: 60,
	botPauseCapMinutes: 480,
	inactivityHours: null,
	timeoutThen: 'resolve',
};
