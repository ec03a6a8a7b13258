/**
 * Keeps what is known of a number's restriction (463) in step with what WhatsApp says of it: asked when a message was turned down,
 * when the line opens again, and when the lock should be over. Told once when it begins and once when it ends.
 */
import type { Clock } from '../../clock';
import type { Socket } from './baileys';
import { explainProblem } from './problems';
import type { SessionPace } from './session-options';
import { NO_PROBLEM, type SessionRecord } from './session-record';
import type { SessionPatch, SessionRow } from './session-rows';
import { askTimelock, nextLookMs, type Timelock } from './timelock';

export interface RestrictionOptions {
	record: Pick<SessionRecord, 'row' | 'write'>;
	clock: Clock;
	pace?: Partial<Pick<SessionPace, 'ackMs' | 'lookAgainMs'>>;
}

const ANSWER_MS = 10_000;

export class Restriction {
	#isActive = false;
	/** Null while it did not turn out well. */
	#detail: string | null = null;
	/** By a clock that nobody sets. */
	#lookAt = Infinity;
	#asking: Promise<Timelock> | null = null;

	constructor(private readonly options: RestrictionOptions) {}

	/** Its row was read; an owner before this one may have left it so. */
	seen({ problem, problemDetail }: Pick<SessionRow, 'problem' | 'problemDetail'>): void {
		if (problem !== 'restricted' || this.#isActive) return;
		this.#isActive = true;
		this.#detail = problemDetail;
		this.#lookAt = 0;
	}

	/** What its row says of it while the line is open: an outage in between has no say in it. */
	get problem(): SessionPatch {
		return this.#isActive ? { problem: 'restricted', problem_detail: this.#detail } : NO_PROBLEM;
	}

	/** It is time to ask WhatsApp. */
	get isDue(): boolean {
		return this.#asking === null && performance.now() >= this.#lookAt;
	}

	/** To be asked about as soon as the line is open. */
	doubt(): void {
		this.#lookAt = 0;
	}

	/** The line was opened. @param isNew by another link: nothing is known of its number */
	opened(isNew: boolean): void {
		if (isNew) {
			this.#isActive = false;
			this.#lookAt = Infinity;
		} else if (this.#isActive) this.doubt();
	}

	/** One question at a time, however many wait for its answer. */
	ask(socket: Pick<Socket, 'fetchAccountReachoutTimelock'>): Promise<Timelock> {
		this.#asking ??= askTimelock(socket, this.options.pace?.ackMs ?? ANSWER_MS).finally(() => (this.#asking = null));
		return this.#asking;
	}

	/** What WhatsApp said, asked or not. While it says nothing the number is taken for restricted: trying makes it worse. */
	async learn(lock: Timelock): Promise<void> {
		const { record, clock, pace } = this.options;
		const nextMs = nextLookMs(lock, clock.now(), pace?.lookAgainMs);
		this.#lookAt = nextMs === null ? Infinity : performance.now() + nextMs;
		const wasActive = this.#isActive;
		if (lock.type === 'none') {
			if (wasActive) await record.write(NO_PROBLEM, [{ type: 'unrestricted' }]);
			this.#isActive = false;
			return;
		}
		// A look that fails later takes nothing back of what was said.
		if (wasActive && (lock.type === 'unclear' || this.#detail === null)) return;
		const detail = lock.type === 'unclear' ? lock.reason : null;
		const explanation = explainProblem('restricted', { phone: record.row?.phone ?? null, detail });
		const patch = { problem: 'restricted', problem_detail: detail };
		await record.write(patch, wasActive ? [] : [{ type: 'restricted', explanation }]);
		this.#isActive = true;
		this.#detail = detail;
	}
}
