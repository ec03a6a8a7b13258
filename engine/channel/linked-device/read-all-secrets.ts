/**
 * Can everything that was stored for a link still be read? Looked at once, when the session is opened: a secret that turns out
 * damaged in the middle of the traffic would cost messages. What is under the previous session key is written anew under the
 * current one.
 */
import type { Store } from '../../store/open-store';
import type { RecentSecrets } from './recent-secrets';
import { secretFromJson, secretToJson } from './secret-json';
import { changeSecrets, everySecret, type SealedSecret } from './secret-rows';
import { openVault, type Vault } from './vault';

export interface SessionKeys {
	current: string;
	previous?: string;
}

export type FoundSecrets =
	/** `creds` is null when nothing was ever stored. */
	| { type: 'ok'; vault: Vault; creds: unknown }
	| { type: 'wrongKey' }
	/** `what` names the secret, e.g. "session/5511987654321.0". */
	| { type: 'corrupt'; what: string };

/** The place of a secret among those of its channel. */
export interface SecretPlace {
	category: string;
	id: string;
}

export const CREDS: SecretPlace = { category: 'creds', id: 'creds' };
/** Tells a wrong key from a damaged secret even when there is only one: a key that opens either of the two is the right one. */
const PROOF: SecretPlace = { category: 'proof', id: 'key' };
const PROOF_TEXT = secretToJson('whatsapp-desk');

/** What has to be written together with the credentials; writing it again changes nothing. */
export const proofOf = (vault: Vault, put: readonly SealedSecret[]): SealedSecret[] =>
	put.some(({ category }) => category === CREDS.category) ? [sealed(vault, PROOF, PROOF_TEXT)] : [];

export const sealed = (vault: Vault, { category, id }: SecretPlace, text: string): SealedSecret => ({
	category,
	id,
	value: vault.seal(category, id, text),
});

/** Pre-keys are used once, if ever, and there are hundreds. */
export const isKept = (category: string): boolean => category !== 'pre-key';

export const nameOf = ({ category, id }: SecretPlace): string => `${category}/${id}`;

/**
 * Throws LeaseLost when secrets would have to be written anew and this process may not.
 * @param recent takes what was read, as far as there is room
 */
export async function readAllSecrets(
	store: Store,
	channelId: string,
	keys: SessionKeys,
	fence: number | null,
	recent: RecentSecrets,
): Promise<FoundSecrets> {
	const vault = await openVault(channelId, keys.current);
	const current = new Reader(vault, recent);
	let unread: SealedSecret[] = [];
	for await (const rows of everySecret(store, channelId))
		unread.push(...rows.filter((row) => current.read(row) === null));

	const renewed: SealedSecret[] = [];
	if (unread.length > 0 && keys.previous && keys.previous !== keys.current) {
		const previous = new Reader(await openVault(channelId, keys.previous), recent);
		unread = unread.filter((row) => {
			const text = previous.read(row);
			if (text !== null) renewed.push(sealed(vault, row, text));
			return text === null;
		});
		current.add(previous);
	}

	if (unread.length > 0) {
		return current.count > 0 ? { type: 'corrupt', what: nameOf(unread[0]!) } : { type: 'wrongKey' };
	}
	if (current.count > 0 && current.creds === null) return { type: 'corrupt', what: nameOf(CREDS) };
	if (renewed.length > 0) await changeSecrets(store, channelId, fence, { put: renewed, remove: [] });
	return { type: 'ok', vault, creds: current.creds === null ? null : secretFromJson(current.creds) };
}

// ---------------------------------------------------------------- helpers

/** Reads with one key, and keeps in mind what was seen. */
class Reader {
	count = 0;
	creds: string | null = null;

	constructor(
		private readonly vault: Vault,
		private readonly recent: RecentSecrets,
	) {}

	/** The text, null when the key does not open it. */
	read({ category, id, value }: SealedSecret): string | null {
		const text = this.vault.open(category, id, value);
		if (text === null) return null;
		this.count++;
		if (category === CREDS.category) this.creds = text;
		else if (isKept(category)) this.recent.set(nameOf({ category, id }), text);
		return text;
	}

	add(other: Reader): void {
		this.count += other.count;
		this.creds ??= other.creds;
	}
}
