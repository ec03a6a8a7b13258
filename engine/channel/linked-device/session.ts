/**
 * One session in one process: looks at what is wanted of it, and sees to it while a published trigger holds it and this process
 * owns it. What to do is decided elsewhere (decide, reactTo); here it is done, one thing after the other.
 */
import type { LinkedDeviceCredentials, SessionProblem } from '../../model-linked-device';
import { clearAuthState } from './auth-state';
import { createLinkedDeviceChannel } from './channel';
import { haveSameKeys } from './credentials';
import { openLedger } from './sent-messages';
import type { ConnectionNews } from './connection';
import { decide, isReminderDue, type SessionFacts } from './decide';
import { CODES_AT_MOST, reactTo } from './disconnects';
import { LeaseLost } from './fence';
import { phoneDigitsOf } from './jids';
import { openAuth, openInbox, openLink, type Link } from './link';
import { Ownership } from './ownership';
import { Patience } from './patience';
import { Restriction } from './restriction';
import { NO_CODE, NO_PROBLEM, SessionRecord } from './session-record';
import type { SessionNews } from './session-news';
import { PACE, type SessionOptions } from './session-options';
import { AT_REST, STILL_LINKED_DETAIL, type SessionPatch, type SessionRow } from './session-rows';
import type { Timelock } from './timelock';

const FAILURE_PAUSE_MS = 5_000;
const NOT_LINKED: SessionPatch = { jid: null, lid: null, linked_at: null, reminded_at: null };

export class Session {
	readonly #ownership: Ownership;
	readonly #record: SessionRecord;
	readonly #patience: Patience;
	readonly #restriction: Restriction;
	readonly #inbox: ReturnType<typeof openInbox>;
	#link: Link | null = null;
	#holders = 0;
	#grace: NodeJS.Timeout | undefined;
	#turns: Promise<unknown> = Promise.resolve();
	/** The row that is to be looked at. */
	#seen: SessionRow | null = null;
	#stopped = false;

	constructor(
		private credentials: LinkedDeviceCredentials,
		private readonly options: SessionOptions,
	) {
		const { random = Math.random, pace, receive } = options;
		this.#ownership = new Ownership({ ...options, lost: () => void this.#drop() });
		this.#record = new SessionRecord({ ...options, ownership: this.#ownership });
		this.#restriction = new Restriction({ ...options, record: this.#record });
		this.#patience = new Patience({ ...PACE, ...pace, random });
		this.#inbox = openInbox(options, receive);
	}

	/** Whether a trigger uses it, or did a moment ago. */
	get isHeld(): boolean {
		return !this.#stopped && (this.#holders > 0 || this.#grace !== undefined);
	}

	/** Nothing of it is left in this process. */
	get isIdle(): boolean {
		return !this.isHeld && !this.#link && this.#ownership.fence === null;
	}

	/** Holds it until the answer is called. */
	hold(credentials: LinkedDeviceCredentials): () => void {
		this.#holders++;
		clearTimeout(this.#grace);
		this.#grace = undefined;
		if (!haveSameKeys(credentials, this.credentials)) {
			this.credentials = credentials;
			// The secrets are opened anew, under the new key.
			void this.#inTurn(() => this.#drop());
		}
		let isHeld = true;
		return () => {
			if (!isHeld) return;
			isHeld = false;
			if (--this.#holders === 0) this.#letGo();
		};
	}

	/** Does what is to be done now, as its row stands. */
	look(row: SessionRow): void {
		const isAwaited = this.#seen !== null;
		this.#seen = row;
		if (isAwaited) return;
		void this.#inTurn(async () => {
			const latest = this.#seen!;
			this.#seen = null;
			await this.#look(latest);
		});
	}

	/** Ends it without unlinking: the desk closes. */
	async stop(): Promise<void> {
		this.#stopped = true;
		clearTimeout(this.#grace);
		this.#grace = undefined;
		await this.#inTurn(() => this.#leave());
		await this.#inbox.stop();
	}

	// ---------------------------------------------------------------- what is to be done

	async #look(row: SessionRow): Promise<void> {
		const planned = this.#record.row?.nextAttemptAt ?? null;
		if (!this.#record.read(row)) return;
		this.#restriction.seen(row);
		// Somebody asked for the next attempt now.
		if (planned !== null && row.nextAttemptAt !== null && row.nextAttemptAt < planned) this.#patience.hurry();
		await this.#ownership.keep(this.#heardAt());
		switch (decide(this.#facts(row))) {
			case 'take':
				if (!(await this.#ownership.take())) return;
				this.#patience.hurry();
				return this.options.nudge();
			case 'connect':
				return await this.#connect(row);
			case 'codeAnew':
				await this.#drop();
				this.#patience.hurry();
				return this.options.nudge();
			case 'askCode':
				return await this.#record.write({
					pairing_code: await this.#link!.connection.requestPairingCode(row.phone!),
				});
			case 'unlink':
				return await this.#unlink();
			case 'leave':
				return await this.#leave();
			case 'none':
				if (this.#ownership.fence !== null) await this.#watch(row);
		}
	}

	#facts(row: SessionRow): SessionFacts {
		const link = this.#link;
		return {
			held: this.isHeld,
			mine: this.#ownership.fence !== null,
			free: this.#ownership.isFree(row),
			wanted: row.wanted,
			atRest: row.state === 'inactive',
			stopped: row.state === 'stopped',
			connection: !link ? 'none' : !link.showsCodes ? 'other' : link.byCode ? 'byCode' : 'byQr',
			due: this.#patience.isOver,
			wantsCode: row.pairingWanted && row.pairingCode === null && row.phone !== null,
		};
	}

	/** What time alone brings: the alarm of an outage, the end of a restriction, the reminder of an old link. */
	async #watch({ linkedAt, remindedAt, problem, problemDetail }: SessionRow): Promise<void> {
		const record = this.#record;
		const now = this.options.clock.now();
		if (linkedAt !== null && this.#patience.isAlarming && problem !== 'outdated') {
			await record.write({ problem: 'unreachable' }, [record.down('unreachable', problemDetail, true)]);
		}
		if (this.#link?.channel && this.#restriction.isDue) void this.#askLock(this.#link);
		if (this.#link?.channel && isReminderDue(linkedAt, remindedAt, now)) {
			await record.write({ reminded_at: now }, [{ type: 'reminder', days: record.ageDays ?? 0 }]);
		}
	}

	async #connect(row: SessionRow): Promise<void> {
		const troubles = {
			leaseLost: () => this.#ownership.lose(),
			corrupt: (what: string) => void this.#inTurn(() => this.#stop('corruptState', what)),
		};
		const auth = await openAuth(this.options, this.credentials, () => this.#ownership.fence, troubles);
		if (auth.type === 'wrongKey') return await this.#stop('wrongKey', null);
		if (auth.type === 'corrupt') return await this.#stop('corruptState', auth.what);
		const baileys = await this.options.baileys();
		// The first login after a code was read is still part of linking.
		const state = !auth.isLinked ? 'connecting' : row.linkedAt === null ? 'linking' : 'reconnecting';
		await this.#record.write({ ...NO_CODE, state, next_attempt_at: null });
		this.#link = openLink(row, auth, {
			...this.options,
			baileys,
			inbox: this.#inbox,
			tell: (link, news) => void this.#inTurn(() => this.#heardOf(link, news)),
		});
	}

	async #unlink(): Promise<void> {
		const wasLinked = this.#record.isLinked;
		const isTold = this.#link?.connection.isOpen === true;
		await this.#logout();
		await this.#record.write({ ...AT_REST, problem_detail: wasLinked && !isTold ? STILL_LINKED_DETAIL : null });
		this.#patience.reset();
		await this.#ownership.leave();
	}

	async #leave(): Promise<void> {
		await this.#drop();
		if (this.#ownership.fence === null) return;
		const state = this.#record.row?.state;
		if (state && state !== 'inactive' && state !== 'stopped') {
			await this.#record.write({ ...NO_CODE, state: 'waiting', next_attempt_at: null });
		}
		await this.#ownership.leave();
	}

	// ---------------------------------------------------------------- what the connection tells

	async #heardOf(link: Link, news: ConnectionNews): Promise<void> {
		if (this.#link !== link || this.#ownership.fence === null) return;
		switch (news.type) {
			case 'code':
				return await this.#showCode(link, news.qr, news.lastsMs);
			case 'linking':
				link.showsCodes = false;
				return await this.#record.write({ ...NO_CODE, pairing_wanted: 0, state: 'linking' });
			case 'open':
				return link.refused === null ? await this.#open(link, news) : await this.#refuse(link.refused);
			case 'named':
				if (link.channel && news.name !== this.#record.row?.name) await this.#record.write({ name: news.name });
				return;
			case 'restriction':
				return await this.#restriction.learn(news.active ? { type: 'active', endsAt: null } : { type: 'none' });
			case 'closed':
				return await this.#closed(link, news.code, news.detail);
		}
	}

	async #showCode(link: Link, qr: string, lastsMs: number): Promise<void> {
		const number = (this.#record.row?.qrNumber ?? 0) + 1;
		if (number > CODES_AT_MOST) return await this.#stop('codeExpired', null);
		link.showsCodes = true;
		this.#patience.answered();
		const code = { qr, qr_expires_at: this.options.clock.now() + lastsMs, qr_number: number };
		await this.#record.write({ ...NO_PROBLEM, ...code, state: 'scan', next_attempt_at: null, attempts: 0 });
		if (link.byCode) this.options.nudge();
	}

	async #open(link: Link, { jid, lid, name }: Extract<ConnectionNews, { type: 'open' }>): Promise<void> {
		const row = this.#record.row!;
		const now = this.options.clock.now();
		const isNew = row.linkedAt === null;
		const phone = row.phone ?? phoneDigitsOf(jid);
		link.openSince = performance.now();
		this.#restriction.opened(isNew);
		await this.#record.write(
			{
				...NO_CODE,
				...this.#restriction.problem,
				...(isNew && { linked_at: now, reminded_at: null }),
				...{ state: 'connected', jid, lid, name: name ?? row.name, phone, connected_at: now, heard_at: now },
				...{ pairing_wanted: 0, qr_number: 0, attempts: 0, next_attempt_at: null },
			},
			[...(isNew ? [{ type: 'linked' as const, phone, name }] : []), { type: 'connected' }],
		);
		this.#patience.succeeded();
		if (link.connection.isOpen) this.#offer(link);
	}

	/** From now on messages can be sent. */
	#offer(link: Link): void {
		const { connection, baileys } = link;
		const { store, clock, channelId, pace, opened } = this.options;
		const ledger = openLedger({ store, clock, channelId });
		const askLock = () => this.#askLock(link);
		link.channel = createLinkedDeviceChannel(
			{ channelId, connection, baileys, store, clock, ledger, askLock, ackMs: pace?.ackMs },
			() => ({
				name: this.#record.row?.name ?? null,
				restricted: this.#record.row?.problem === 'restricted',
			}),
		);
		opened(link.channel);
	}

	/** Another phone read the code: its link is ended at once, and told with both numbers (B-17). */
	async #refuse(other: string): Promise<void> {
		await this.#logout();
		await this.#stop('otherNumber', other);
	}

	/** Asks whether the number may start conversations; what is shown of it follows. */
	async #askLock(link: Link): Promise<Timelock> {
		const lock = await this.#restriction.ask(link.connection.socket);
		void this.#inTurn(async () => {
			if (this.#link === link && link.channel) await this.#restriction.learn(lock);
			else this.#restriction.doubt();
		});
		return lock;
	}

	async #closed(link: Link, code: number | null, detail: string | null): Promise<void> {
		this.#withdraw();
		this.#link = null;
		if (link.openSince !== null) this.#patience.wasOpen(performance.now() - link.openSince);
		const reaction = reactTo({ code, linked: link.auth.isLinked, showedCodes: link.showsCodes });
		switch (reaction.type) {
			case 'reconnect':
				return this.#patience.restarts() ? this.options.nudge() : await this.#backOff(link, detail);
			case 'backOff':
				return await this.#backOff(link, detail);
			case 'rest': {
				const { problem } = reaction;
				// Not once more for every attempt.
				const isNews = this.#record.row?.problem !== problem;
				const news = isNews ? [this.#record.down(problem, detail, this.#record.isLinked)] : [];
				return await this.#await(link, this.#patience.turnedAway(), { problem, problem_detail: detail }, news);
			}
			case 'newCodes':
				if ((this.#record.row?.qrNumber ?? 0) >= CODES_AT_MOST) return await this.#stop('codeExpired', null);
				await link.auth.clear();
				// Refused before any code was shown: that is trouble, and would go on for ever.
				if (!link.showsCodes) return await this.#backOff(link, detail);
				await this.#record.write({ ...NO_CODE, state: 'connecting' });
				this.#patience.hurry();
				return this.options.nudge();
			case 'stop':
				return await this.#stop(reaction.problem, detail);
			case 'unlinked':
				await link.auth.clear();
				return await this.#stop(reaction.problem, detail, NOT_LINKED);
		}
	}

	async #backOff(link: Link, detail: string | null): Promise<void> {
		// The first time is no trouble yet: lines drop, and come back within a second. Nor is it news that one drops as well.
		const isKnown = this.#record.row?.problem === 'outdated';
		const isTrouble = !isKnown && (this.#patience.attempts > 0 || link.openSince === null);
		const problem = isTrouble ? { problem: 'unreachable', problem_detail: detail } : {};
		await this.#await(link, this.#patience.failed(), problem);
	}

	/** The next attempt is made in so long. */
	async #await(link: Link, pause: number, problem: SessionPatch, news: readonly SessionNews[] = []): Promise<void> {
		setTimeout(() => this.options.nudge(), pause + 1).unref();
		const state = link.auth.isLinked ? 'reconnecting' : 'connecting';
		const next = { next_attempt_at: this.options.clock.now() + pause, attempts: this.#patience.attempts };
		await this.#record.write({ ...NO_CODE, ...problem, state, ...next }, news);
	}

	/** Nothing is tried until somebody acts. */
	async #stop(problem: SessionProblem, detail: string | null, patch: SessionPatch = {}): Promise<void> {
		const news = this.#record.down(problem, detail, this.#record.isLinked);
		await this.#drop();
		const stopped = { state: 'stopped', problem, problem_detail: detail, next_attempt_at: null, pairing_wanted: 0 };
		await this.#record.write({ ...NO_CODE, ...stopped, ...patch }, [news]);
		this.#patience.reset();
		await this.#ownership.leave();
	}

	// ---------------------------------------------------------------- helpers

	#letGo(): void {
		this.#grace = setTimeout(() => {
			this.#grace = undefined;
			this.options.nudge();
		}, this.options.pace?.graceMs ?? PACE.graceMs);
		this.#grace.unref?.();
	}

	#heardAt(): number | null {
		const link = this.#link;
		if (!link || link.openSince === null) return null;
		return Math.round(this.options.clock.now() - link.connection.silentMs);
	}

	/** The channel is not to be used any more. */
	#withdraw(): void {
		const channel = this.#link?.channel;
		if (!channel) return;
		this.#link!.channel = null;
		this.options.closed(channel);
	}

	/** Ends the connection without unlinking; at once, and resolves when its socket is closed. */
	#drop(): Promise<void> {
		const link = this.#link;
		this.#withdraw();
		this.#link = null;
		return link?.connection.end() ?? Promise.resolve();
	}

	async #logout(): Promise<void> {
		const link = this.#link;
		this.#withdraw();
		this.#link = null;
		await link?.connection.logout();
		// Through those the socket used: what it still wants to write is refused.
		await (link?.auth.clear() ?? clearAuthState(this.options.store, this.options.channelId, this.#ownership.fence));
	}

	/** One thing after the other; what fails is told, and looked at again later. */
	#inTurn(work: () => Promise<void>): Promise<void> {
		const turn = this.#turns.then(work).catch((error: unknown) => {
			if (error instanceof LeaseLost) return;
			this.#patience.rest(FAILURE_PAUSE_MS);
			const { store, channelId, log } = this.options;
			if (store.closed) return;
			log('A linked device could not be seen to; it is tried again.', { channelId, cause: String(error) });
		});
		this.#turns = turn;
		return turn;
	}
}
