/** As which version of WhatsApp Web does a linked device speak? As Baileys' own, unless the environment names a newer one. Pure. */
import { ConfigurationError } from '../../errors';

export type WebVersion = [number, number, number];

const LARGEST = 2 ** 32 - 1;

/**
 * A way out while WhatsApp refuses the version of this package (405) and no newer package is there.
 * @param setting e.g. "2.3000.1027934701"; undefined or empty = that of Baileys. Throws ConfigurationError.
 */
export function readWebVersion(setting: string | undefined): WebVersion | undefined {
	const text = setting?.trim() ?? '';
	if (text === '') return undefined;
	const parts = /^(\d{1,10})\.(\d{1,10})\.(\d{1,10})$/.exec(text)?.slice(1).map(Number);
	if (parts?.every((part) => part <= LARGEST)) return parts as WebVersion;
	throw new ConfigurationError(
		`WHATSAPP_DESK_WEB_VERSION is "${text.slice(0, 40)}", which is not a version of WhatsApp Web.`,
		'Write three numbers with dots, such as 2.3000.1027934701, or remove it to use the version that came with the package.',
		'WHATSAPP_DESK_WEB_VERSION',
	);
}
