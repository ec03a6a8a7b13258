import type { Capabilities } from '../port';

/**
 * What a linked device can do. Buttons and lists would be accepted and then not shown on many phones, so there are none: menus go
 * out as numbered text (C-18, D-18). A link is fetched by this desk, not by WhatsApp.
 */
export const LINKED_DEVICE_CAPABILITIES: Capabilities = {
	buttons: false,
	list: false,
	templates: false,
	serviceWindowHours: null,
	echoes: true,
	reactions: true,
	typing: true,
	readReceipts: true,
	quotes: true,
	mediaByLink: false,
	groups: false,
};
