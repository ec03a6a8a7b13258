/**
 * The secrets of one open session: what was used last from memory, the rest from the store. This process is the only one that
 * writes them, so memory is right; a write has ended when it is on the disk, and several at a time share a transaction.
 */
import { DeskError } from '../../errors';
import { GroupCommit } from '../../store/group-commit';
import type { Store } from '../../store/open-store';
import { LeaseLost } from './fence';
import { isKept, nameOf, proofOf, sealed, type SecretPlace } from './read-all-secrets';
import type { RecentSecrets } from './recent-secrets';
import { changeSecrets, deleteSecrets, readSecrets } from './secret-rows';
import type { Vault } from './vault';

/** Text to write, null to delete. */
export type SecretChange = SecretPlace & { text: string | null };

/** Baileys catches what its store throws and goes on; whoever holds the socket hears of it here, and has to close it. */
export interface AuthTroubles {
	/** Another process owns the session. */
	leaseLost?(): void;
	/** A secret can no longer be read; `what` names it. */
	corrupt?(what: string): void;
}

/** A secret was damaged while the session was open. */
export class SecretDamaged extends DeskError {
	constructor(readonly what: string) {
		super(`The stored secret ${what} of the linked device is damaged.`, 'Link the device again.');
	}
}

interface SecretsOptions {
	store: Store;
	channelId: string;
	vault: Vault;
	/** What is known already. */
	recent: RecentSecrets;
	/** The fence this session may write with, null once it may not. */
	fence(): number | null;
	troubles: AuthTroubles;
}

export class Secrets {
	/** The last change of each secret that is on its way to the store. */
	readonly #underWay = new Map<string, SecretChange>();
	readonly #commits: GroupCommit<readonly SecretChange[], void>;
	#writes = 0;
	#isCleared = false;

	constructor(private readonly options: SecretsOptions) {
		this.#commits = new GroupCommit({
			store: (calls) => this.#commit(calls.flat()).then(() => calls.map(() => undefined)),
			isBadData: () => false,
			refuse: () => Promise.resolve(),
		});
	}

	/** Those of `ids` that exist. */
	async read(category: string, ids: readonly string[]): Promise<Array<[id: string, text: string]>> {
		const found: Array<[string, string]> = [];
		const unknown: string[] = [];
		for (const id of ids) {
			const text = this.#known(nameOf({ category, id }));
			if (text === undefined) unknown.push(id);
			else if (text !== null) found.push([id, text]);
		}
		if (unknown.length === 0) return found;

		const writes = this.#writes;
		const { store, channelId, recent } = this.options;
		const rows = await readSecrets(store, channelId, category, unknown);
		const values = new Map(rows.map((row) => [row.id, row.value]));
		for (const id of unknown) {
			const text = this.#open({ category, id }, values.get(id));
			if (text !== null) found.push([id, text]);
			// When something was written meanwhile, what was read may be older than that.
			if (writes === this.#writes) recent.set(nameOf({ category, id }), text);
		}
		return found;
	}

	/** All or nothing. Resolves once it is durable; throws LeaseLost when another process owns the session. */
	async write(changes: readonly SecretChange[]): Promise<void> {
		if (changes.length === 0) return;
		if (this.#isCleared) throw new LeaseLost(this.options.channelId);
		this.#writes++;
		// Seen by readers at once: transactions keep the order, so nothing built on this is durable before it is.
		for (const change of changes) this.#underWay.set(nameOf(change), change);
		let isStored = false;
		try {
			await this.#commits.submit([changes]);
			isStored = true;
		} finally {
			for (const change of changes) this.#settle(change, isStored);
		}
	}

	/** Deletes them all in one transaction; later writes are refused. */
	async clear(): Promise<void> {
		this.#isCleared = true;
		await this.#commits.idle();
		await this.#watched(() => deleteSecrets(this.options.store, this.options.channelId, this.options.fence()));
		this.options.recent.clear();
	}

	#known(name: string): string | null | undefined {
		const change = this.#underWay.get(name);
		return change ? change.text : this.options.recent.get(name);
	}

	#open(place: SecretPlace, value: Uint8Array | undefined): string | null {
		if (value === undefined) return null;
		const text = this.options.vault.open(place.category, place.id, value);
		if (text !== null) return text;
		this.options.troubles.corrupt?.(nameOf(place));
		throw new SecretDamaged(nameOf(place));
	}

	#settle(change: SecretChange, isStored: boolean): void {
		const name = nameOf(change);
		if (this.#underWay.get(name) === change) this.#underWay.delete(name);
		if (isStored && isKept(change.category)) this.options.recent.set(name, change.text);
		else this.options.recent.forget(name);
	}

	async #commit(changes: readonly SecretChange[]): Promise<void> {
		const { store, channelId, vault, fence } = this.options;
		const last = [...new Map(changes.map((change) => [nameOf(change), change])).values()];
		const put = last.flatMap((change) => (change.text === null ? [] : [sealed(vault, change, change.text)]));
		const remove = last.filter((change) => change.text === null);
		await this.#watched(() =>
			changeSecrets(store, channelId, fence(), { put: [...put, ...proofOf(vault, put)], remove }),
		);
	}

	async #watched(work: () => Promise<void>): Promise<void> {
		try {
			await work();
		} catch (error) {
			if (error instanceof LeaseLost) this.options.troubles.leaseLost?.();
			throw error;
		}
	}
}
