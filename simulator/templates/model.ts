import type { Loose } from '../model';

/**
 * The words of templates as Meta keeps them. Values only.
 *
 *   Template   one name in one language of one WABA, with its state
 *   Rendered   one filled template as the contact's phone shows it
 */
export type TemplateCategory = 'MARKETING' | 'UTILITY' | 'AUTHENTICATION';

export type TemplateStatus = 'APPROVED' | 'PENDING' | 'REJECTED' | 'PAUSED' | 'DISABLED' | 'IN_APPEAL' | 'ARCHIVED';

export type TemplateQuality = 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN';

export type HeaderMedia = 'image' | 'video' | 'document';

export interface Template {
	/** Digits, as Graph ids are; webhooks carry it as a number. */
	id: string;
	wabaId: string;
	name: string;
	language: string;
	category: TemplateCategory;
	/** Before Meta changed it; null when it never did. */
	previousCategory: TemplateCategory | null;
	/** What Meta announced it will become. */
	correctCategory: TemplateCategory | null;
	/** When the announced change happens, on the virtual clock. */
	categoryChangesAt: number | null;
	status: TemplateStatus;
	parameterFormat: 'POSITIONAL' | 'NAMED';
	/** As they were sent, types in upper case. */
	components: Loose[];
	quality: TemplateQuality;
	/** NONE, or why it was rejected: INVALID_FORMAT, PROMOTIONAL… */
	rejectedReason: string;
	/** What the template asked for lives so long undelivered, in seconds; null: Meta's default. */
	ttlSeconds: number | null;
	/** Pauses for quality so far: the third one disables it. */
	pauses: number;
	/** A pause for quality ends by itself; null for one by pacing, which needs an unpause. */
	pausedUntil: number | null;
	editedAt: number[];
	createdAt: number;
}

export interface NewTemplate {
	wabaId?: string;
	name: string;
	language?: string;
	category?: TemplateCategory;
	parameterFormat?: 'POSITIONAL' | 'NAMED';
	components: Loose[];
	status?: TemplateStatus;
	quality?: TemplateQuality;
	ttlSeconds?: number | null;
}

export type RenderedHeader =
	| { type: 'text'; text: string }
	| { type: HeaderMedia; id: string | null; link: string | null; fileName: string | null }
	| { type: 'location'; name: string; address: string };

export type RenderedButton =
	| { type: 'quickReply'; text: string; payload: string }
	| { type: 'url'; text: string; url: string }
	| { type: 'phoneNumber'; text: string; phone: string }
	| { type: 'copyCode'; text: string; code: string }
	| { type: 'other'; text: string };

export interface Rendered {
	name: string;
	language: string;
	category: TemplateCategory;
	header: RenderedHeader | null;
	body: string;
	footer: string | null;
	buttons: RenderedButton[];
}

/** The component of a type, or undefined. */
export function componentOf(components: readonly Loose[], type: string): Loose | undefined {
	return components.find((component) => component.type === type);
}

export function buttonsOf(components: readonly Loose[]): Loose[] {
	return (componentOf(components, 'BUTTONS')?.buttons ?? []) as Loose[];
}
