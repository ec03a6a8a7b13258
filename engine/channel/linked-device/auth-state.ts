/**
 * The keys of a linked device, as Baileys wants them: in the store, sealed, and on the disk before it is told that they are.
 * A key lost after a step of the ratchet costs messages, so nothing here is ever made anew because it could not be read.
 */
import type {
	AuthenticationCreds,
	AuthenticationState,
	SignalDataSet,
	SignalDataTypeMap,
} from '@whiskeysockets/baileys';
import type { Store } from '../../store/open-store';
import { CREDS, readAllSecrets, type SessionKeys } from './read-all-secrets';
import { RecentSecrets } from './recent-secrets';
import { secretFromJson, secretToJson } from './secret-json';
import { deleteSecrets } from './secret-rows';
import { Secrets, type AuthTroubles, type SecretChange } from './secrets';

export type OpenedAuth =
	| {
			type: 'ok';
			/** For makeWASocket, as it is: it keeps what was used last in memory. */
			state: AuthenticationState;
			/** Takes over what changed, and resolves once all credentials are durable. */
			saveCreds(update: Partial<AuthenticationCreds>): Promise<void>;
			/** Deletes every secret of the channel at once. What the socket still writes afterwards is refused with LeaseLost. */
			clear(): Promise<void>;
			/** Whether a phone has accepted this device, as of now. */
			readonly isLinked: boolean;
	  }
	| { type: 'wrongKey' }
	| { type: 'corrupt'; what: string };

/**
 * Opens what is stored for a channel, or new credentials when nothing is; only the process that owns the session may.
 * @param fence the fence of this process's lease, null without one; a write is refused once it is another than at opening
 */
export async function openAuthState(
	store: Store,
	channelId: string,
	keys: SessionKeys,
	fence: () => number | null,
	troubles: AuthTroubles = {},
): Promise<OpenedAuth> {
	const held = fence();
	const recent = new RecentSecrets(KEPT_CHARACTERS);
	const found = await readAllSecrets(store, channelId, keys, held, recent);
	if (found.type !== 'ok') return found;

	const { initAuthCreds, proto } = await import('@whiskeysockets/baileys');
	const creds = (found.creds as AuthenticationCreds | null) ?? initAuthCreds();
	const secrets = new Secrets({
		store,
		channelId,
		vault: found.vault,
		recent,
		fence: () => (fence() === held ? held : null),
		troubles,
	});
	const credentials = (): SecretChange => ({ ...CREDS, text: secretToJson(creds) });
	let isStored = found.creds !== null;
	// Keys without credentials would look damaged: the very first write carries both.
	const write = async (changes: SecretChange[]) => {
		await secrets.write(isStored ? changes : [credentials(), ...changes]);
		isStored = true;
	};
	return {
		type: 'ok',
		state: {
			creds,
			keys: {
				async get<T extends keyof SignalDataTypeMap>(type: T, ids: string[]) {
					const values: { [id: string]: SignalDataTypeMap[T] } = {};
					for (const [id, text] of await secrets.read(type, ids)) {
						const value = secretFromJson(text);
						values[id] = (
							type === 'app-state-sync-key' ? proto.Message.AppStateSyncKeyData.fromObject(value as object) : value
						) as SignalDataTypeMap[T];
					}
					return values;
				},
				set: (data) => write(changesOf(data)),
			},
		},
		saveCreds(update) {
			Object.assign(creds, update);
			return write([credentials()]);
		},
		clear: () => secrets.clear(),
		get isLinked() {
			return creds.me?.id !== undefined && creds.account !== undefined;
		},
	};
}

/** Deletes all secrets of a channel that cannot be opened any more, because somebody decided to link it anew. */
export function clearAuthState(store: Store, channelId: string, fence: number | null): Promise<void> {
	return deleteSecrets(store, channelId, fence);
}

// ---------------------------------------------------------------- helpers

/** Some hundred Signal sessions; a secret that is not among them costs one look into the store. */
const KEPT_CHARACTERS = 1_000_000;

function changesOf(data: SignalDataSet): SecretChange[] {
	return Object.entries(data).flatMap(([category, values]) =>
		Object.entries(values ?? {}).map(([id, value]) => ({
			category,
			id,
			text: value === null || value === undefined ? null : secretToJson(value),
		})),
	);
}
