import { acceptSends, type Accepted, type SendRequest } from '../../engine/conversation/send';
import type { DunningPlan } from '../../engine/dunning/types';
import { changeReceivables, type ReceivableChange } from '../../engine/receivable/change';
import type { Store } from '../../engine/store/open-store';
import type { StoreSettings } from '../../engine/store/settings';
import { ClaimRig } from './claim-rig';
import { somePlan } from './dunning-plans';

/** Ana's phone; `phoneOf(n)` are others. */
export const ANA = '+5511987654321';
export const phoneOf = (n: number) => `+55119${String(80_000_000 + n)}`;

/** Reminders without a network: enqueued as the send nodes do, claimed by hand. */
export class ReminderRig {
	private constructor(readonly rig: ClaimRig) {}

	static async open(settings: StoreSettings, channelId = 'linkedDevice:1'): Promise<ReminderRig> {
		const rig = await ClaimRig.open(settings, channelId);
		await rig.configure({ dailyStarts: null, startBatch: null, startGap: null, warmUp: false });
		return new ReminderRig(rig);
	}

	get now(): number {
		return this.rig.clock.now();
	}

	request(plan: DunningPlan = somePlan(), more: Partial<SendRequest> = {}): SendRequest {
		return {
			channelId: this.rig.channelId,
			recipient: { type: 'phone', phone: ANA, name: 'Ana' },
			content: { type: 'text', text: plan.steps.map(({ number }) => number).join(', ') },
			origin: 'bot',
			dunning: plan,
			...more,
		};
	}

	send(requests: readonly SendRequest[], store: Store = this.rig.store): Promise<Accepted[]> {
		return acceptSends(store, requests, this.now);
	}

	/** One reminder; what became of it in short: 'enqueued', 'repeated', or the code of its refusal. */
	async remind(plan: DunningPlan = somePlan(), more: Partial<SendRequest> = {}): Promise<string> {
		return shortOf((await this.send([this.request(plan, more)]))[0]!);
	}

	change(change: ReceivableChange['change'], more: Partial<ReceivableChange> = {}) {
		const key = { creditor: 'acme', invoice: 'tit-1' };
		return changeReceivables(this.rig.store, [{ ...key, change, ...more }], this.now).then(([result]) => result!);
	}

	/** Everything in the outbox: what was asked, how it stands. */
	async messages() {
		const rows = await this.rig.rows();
		return rows.map(({ content, status, error_code }) => [
			(JSON.parse(content) as { text: string }).text,
			status,
			error_code,
		]);
	}

	/** What was told, oldest first. */
	async lines() {
		const rows = await this.rig.store.db.selectFrom('timeline').selectAll().orderBy('seq').execute();
		return rows.map(({ event, text }) => [event, text]);
	}

	close(): Promise<void> {
		return this.rig.close();
	}
}

export function shortOf(accepted: Accepted): string {
	if (accepted.type === 'refused') return accepted.code;
	return accepted.isNew ? 'enqueued' : 'repeated';
}
