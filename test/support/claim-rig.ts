import { claimDue, type Claim, type ClaimRequest } from '../../engine/outbox/claim';
import { enqueue, type OutboxRequest } from '../../engine/outbox/enqueue';
import { recordAnswers, type Answer } from '../../engine/outbox/record';
import type { StartNews } from '../../engine/outbox/starts-ledger';
import { saveChannelSettings, type ChannelSettings } from '../../engine/settings/channel-settings';
import { openStore, type Store } from '../../engine/store/open-store';
import type { StoreSettings } from '../../engine/store/settings';
import { appendTimeline } from '../../engine/timeline/timeline';
import { StandingClock } from './moving-clock';
import { TUESDAY_10H } from './sending-facts';

/** The outbox without a network: a test claims by hand, at the hour it likes, from as many processes as it opens. */
export class ClaimRig {
	readonly clock = new StandingClock(TUESDAY_10H);
	readonly #opened: Store[] = [];

	private constructor(
		readonly store: Store,
		private readonly settings: StoreSettings,
		readonly channelId: string,
	) {
		this.#opened.push(store);
	}

	/**
	 * `linkedDevice:1` is careful by default and knows no templates; `cloudApi:1` has the service window. Both may start campaigns
	 * with strangers here: tests are about what comes after that.
	 */
	static async open(settings: StoreSettings, channelId = 'linkedDevice:1'): Promise<ClaimRig> {
		const rig = new ClaimRig(await openStore(settings, new StandingClock(TUESDAY_10H)), settings, channelId);
		await rig.configure({ answerFirst: false });
		return rig;
	}

	/** The same store as another process sees it. */
	async another(): Promise<Store> {
		const store = await openStore(this.settings, this.clock);
		this.#opened.push(store);
		return store;
	}

	configure(patch: Partial<ChannelSettings>) {
		return this.store.transaction((tx) => saveChannelSettings(tx, this.channelId, patch, this.clock.now()));
	}

	message(contactId: string, more: Partial<OutboxRequest> = {}): OutboxRequest {
		return {
			...{ channelId: this.channelId, contactId, conversationId: null, address: contactId, origin: 'bot' },
			...{ content: { type: 'text', text: contactId }, purpose: 'notice' },
			...more,
		};
	}

	put(...requests: OutboxRequest[]) {
		return this.store.transaction((tx) => enqueue(tx, requests, this.clock.now()));
	}

	request(more: Partial<ClaimRequest> = {}): ClaimRequest {
		const isCloud = this.channelId.startsWith('cloudApi:');
		return {
			channels: [{ id: this.channelId, serviceWindowHours: isCloud ? 24 : null, templates: isCloud }],
			...{ claimedBy: 'me', limit: 256, now: this.clock.now(), random: () => 0, lookAtWaiting: true },
			...more,
		};
	}

	claim(more: Partial<ClaimRequest> = {}, store = this.store): Promise<Claim> {
		return store.transaction(async (tx) => {
			const claim = await claimDue(tx, store.dialect, this.request(more));
			await appendTimeline(tx, store.dialect, claim.lines);
			return claim;
		});
	}

	/** Claims, and says who got one. */
	async claimed(more: Partial<ClaimRequest> = {}): Promise<string[]> {
		return (await this.claim(more)).claimed.map((each) => each.contactId);
	}

	/** Claims, and the provider answers at once; what became of starts is counted. */
	async deliver(answer: Partial<Answer['verdict']> & { cameBack?: boolean } = {}): Promise<string[]> {
		const { claimed } = await this.claim();
		const { cameBack = false, ...verdict } = answer;
		const answers = claimed.map((each): Answer => ({
			claimed: each,
			cameBack,
			replacement: null,
			verdict: {
				...{ status: 'sent', notBefore: 0, errorCode: null, explanation: null, restChannelUntil: null, hint: null },
				...{ providerMessageId: `wamid.${each.id}`, recipient: null },
				...verdict,
			},
		}));
		let news: StartNews[] = [];
		await this.store.transaction(async (tx) => {
			const recorded = await recordAnswers(tx, this.store.dialect, answers, this.clock.now());
			news = recorded.starts;
			const counted = await claimDue(tx, this.store.dialect, this.request({ limit: 0, news }));
			await appendTimeline(tx, this.store.dialect, [...recorded.lines, ...counted.lines]);
		});
		return claimed.map((each) => each.contactId);
	}

	/** Somebody wrote on the channel at that moment. */
	async wrote(contactId: string, at = this.clock.now()): Promise<void> {
		await this.store.db
			.insertInto('conversation')
			.values({
				...{ id: `cnv_${contactId}_${at}`, channel_id: this.channelId, contact_id: contactId, address: contactId },
				...{ state: 'resolved', queue: null, agent: null, protocol_number: `p-${contactId}-${at}` },
				...{ opened_at: at, updated_at: at, resolved_at: at, grace_until: null, bot_paused_until: null },
				...{ last_inbound_at: at, machine_version: 1, data: '{}' },
			})
			.execute();
	}

	rows() {
		return this.store.db.selectFrom('outbox').selectAll().orderBy('seq').execute();
	}

	async row(contactId: string) {
		return (await this.rows()).find((row) => row.contact_id === contactId)!;
	}

	/** The lines of these events, oldest first. */
	async told(...events: string[]) {
		const lines = await this.store.db.selectFrom('timeline').selectAll().orderBy('seq').execute();
		return lines.filter((line) => events.includes(line.event)).map(({ event, text }) => ({ event, text }));
	}

	async close(): Promise<void> {
		for (const store of this.#opened) await store.close();
	}
}
