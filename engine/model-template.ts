/**
 * The words of templates (modelos de mensagem, HSM): a text the provider approved beforehand, with variables.
 * Values only: no behaviour.
 *
 *   Template          as it exists at the provider, with its state
 *   TemplateDraft     what somebody wants to have approved
 *   TemplateContent   one filled template on its way out
 */
import type { MediaSource, MenuOption } from './model';

export type TemplateCategory = 'utility' | 'marketing' | 'authentication' | 'other';

/** Only `approved` may be sent (C-26). */
export type TemplateStatus =
	| 'approved'
	| 'pending'
	| 'rejected'
	| 'paused'
	| 'disabled'
	| 'inAppeal'
	| 'pendingDeletion'
	| 'deleted'
	| 'limitExceeded'
	| 'archived'
	| 'unknown';

/** `name` is '1', '2'… when positional, else the variable's own name. */
export interface TemplateVariable {
	name: string;
	example: string | null;
}

export interface TemplateText {
	/** With its placeholders, e.g. "Olá {{1}}, seu pedido {{2}} saiu." */
	text: string;
	/** In the order they are first met. */
	variables: TemplateVariable[];
}

export type TemplateMediaType = 'image' | 'video' | 'document';

export type TemplateHeader =
	| ({ type: 'text' } & TemplateText)
	/** `example`: the handle of an uploaded sample file; needed in drafts only. */
	| { type: TemplateMediaType; example?: string }
	| { type: 'location' };

export interface TemplateButton {
	type: 'quickReply' | 'url' | 'phoneNumber' | 'copyCode' | 'other';
	text: string;
	/** For `url`: the address, with `{{1}}` at its end when it takes a value. */
	url?: string;
	phone?: string;
	/** What has to be given when it is sent; null when nothing. Quick replies take a payload but need none. */
	variable: TemplateVariable | null;
}

/** What a template says, whatever its state. */
export interface TemplateParts {
	parameterFormat: 'positional' | 'named';
	header: TemplateHeader | null;
	body: TemplateText;
	footer: string | null;
	buttons: TemplateButton[];
	/** Parts nobody here can fill, as the provider calls them (a carousel): such a template is shown but not sent. */
	unsupported?: string[];
}

export interface Template extends TemplateParts {
	/** The provider's own id; null for one that was never stored there. */
	id: string | null;
	name: string;
	/** As the API writes it, e.g. pt_BR. */
	language: string;
	category: TemplateCategory;
	status: TemplateStatus;
	quality: 'green' | 'yellow' | 'red' | 'unknown';
	/** Why it was rejected or paused, as the provider says it; null when there is no reason. */
	reason: string | null;
}

export interface TemplateDraft extends TemplateParts {
	name: string;
	language: string;
	category: Extract<TemplateCategory, 'utility' | 'marketing'>;
}

// ---------------------------------------------------------------- on its way out

export interface FilledVariable {
	name: string;
	text: string;
}

export type FilledHeader =
	| { type: 'text'; values: FilledVariable[] }
	| { type: 'media'; mediaType: TemplateMediaType; source: MediaSource; mimeType?: string; fileName?: string }
	| { type: 'location'; latitude: number; longitude: number; name?: string; address?: string };

/** A button that takes a value; `index` counts from 0 in the template's own order. */
export interface FilledButton {
	index: number;
	type: 'quickReply' | 'url' | 'copyCode';
	value: string;
}

export interface TemplateContent {
	type: 'template';
	name: string;
	language: string;
	category: TemplateCategory;
	parameterFormat: 'positional' | 'named';
	header: FilledHeader | null;
	body: FilledVariable[];
	buttons: FilledButton[];
	/** The whole text as a person reads it: shown in results and timeline, and sent where a channel knows no templates. */
	text: string;
	/** Its quick replies, so that a channel without templates can show them as a menu. */
	options: MenuOption[];
}
