// A town of customers who owe, the ERP of the company they owe, and the workflow of its payment ladder, on a clock that is set.
// Real desks, the real Cloud API channel, the real simulator; what reaches each phone is read from the simulator.
import { DateTime } from 'luxon';
import {
	changeReceivables,
	dunningPolicy,
	openDesk,
	readReceivable,
	sendMessages,
	type Decision,
	type Desk,
	type DunningPolicy,
	type MessageItem,
	type Receivable,
	type ReceivableNews,
} from '../../engine';
import type { StoreSettings } from '../../engine/store/settings';
import type { MessageView } from '../../simulator/view';
import { startSimulator, type Simulator } from '../../simulator/server';
import { DUNNING_TEMPLATES } from '../../simulator/templates/seeds-dunning';
import { startRig, type DeskRig } from './desk-rig';
import { eventually } from './eventually';
import { MovingClock } from './moving-clock';
import { runLadder } from './run-ladder';
import { erpRow, hasPhone, waIdOf, type Customer, type ErpRow } from './town-people';

/** Who knows what: `pays` and `renegotiates` are told by the ERP, `settles` only shows in its list of open items. */
type Act = 'says' | 'taps' | 'pays' | 'settles' | 'cancels' | 'renegotiates' | 'reopens';

export interface TownOptions {
	store: StoreSettings;
	customers: readonly Customer[];
	year: number;
	policy?: Partial<DunningPolicy>;
}

export const CREDITOR = {
	name: 'Oficina Aurora Ltda',
	document: '11.222.333/0001-81',
	address: 'Rua das Flores, 10, São Paulo/SP',
};
const CREDITOR_KEY = '11222333000181';
const SAO_PAULO = 'America/Sao_Paulo';
const STEP_OF_TEMPLATE: Record<string, string> = {
	regua_lembrete: 'd-3',
	regua_vence_hoje: 'd0',
	regua_em_aberto: 'd+2u',
	regua_combinar_data: 'd+7',
	regua_condicoes: 'd+15',
	regua_demonstrativo: 'd+30',
};

export class Town {
	readonly #invoices = new Map<string, ErpRow>();
	readonly #acts: Array<{ at: number; customer: Customer; act: Act; what: string }>;
	/** By customer: first day, code and invoice of everything that was left to a person. */
	readonly humans = new Map<string, string[]>();
	/** By customer: why nothing was said, over all days. */
	readonly reasons = new Map<string, Set<string>>();
	/** Outcomes of sending that were neither sent nor queued: code and count. */
	readonly refusals = new Map<string, number>();

	private constructor(
		readonly rig: DeskRig,
		readonly simulator: Simulator,
		readonly clock: MovingClock,
		/** Each stands for a process of its own on the same store. */
		readonly desks: readonly Desk[],
		private readonly options: TownOptions,
	) {
		options.customers.forEach((customer, index) => {
			for (const [invoice, owed] of Object.entries(customer.owes)) {
				this.#invoices.set(invoice, erpRow(invoice, owed, customer, index, options.year));
			}
		});
		this.#acts = options.customers
			.flatMap((customer) => (customer.does ?? []).map((line) => ({ customer, ...this.#readAct(line) })))
			.sort((a, b) => a.at - b.at);
	}

	static async start(options: TownOptions, from: string): Promise<Town> {
		const clock = new MovingClock();
		clock.set(instantOf(from, options.year));
		const simulator = await startSimulator({
			contacts: options.customers.filter(hasPhone).map((customer) => ({
				waId: waIdOf(customer),
				name: customer.name,
				onWhatsApp: customer.onWhatsApp,
			})),
			templates: DUNNING_TEMPLATES,
			settings: { webhooks: { retryScheduleMs: [50, 100, 200] } },
		});
		await simulator.admin.setClock(new Date(clock.now()));
		let town: Town | undefined;
		const rig = await startRig(options.store, {
			simulator,
			clock,
			run: async (items) => {
				await town!.#answer(items);
				return 'succeeded';
			},
			trigger: {
				consumer: {
					id: 'regua/respostas',
					source: 'inbound',
					channelId: `cloudApi:${simulatorNumber}`,
					workflowId: 'regua',
					events: ['reminderReply'],
				},
				events: new Set(['reminderReply']),
			},
		});
		const others = await Promise.all([1, 2].map(() => openDesk({ store: options.store, clock })));
		for (const desk of others) await desk.useCloudApi(rig.credentials);
		return (town = new Town(rig, simulator, clock, [rig.desk, ...others], options));
	}

	async close(): Promise<void> {
		for (const desk of this.desks.slice(1)) await desk.close();
		await this.rig.close();
		await this.simulator.close();
	}

	/** Lets the customers do what they do until then, and makes it this moment, e.g. '13/11 10:15' in São Paulo. */
	async until(moment: string): Promise<void> {
		const at = instantOf(moment, this.options.year);
		while (this.#acts[0] && this.#acts[0].at <= at) {
			const { at: when, customer, act, what } = this.#acts.shift()!;
			await this.setClock(when);
			await this.#do(customer, act, what);
			await this.quiet();
		}
		await this.setClock(at);
	}

	async setClock(instant: number): Promise<void> {
		this.clock.set(instant);
		await this.simulator.admin.setClock(new Date(instant));
	}

	/** The scheduled workflow, so many times at once, each in another process. */
	async runLadder(copies = 1): Promise<void> {
		await Promise.all(this.desks.slice(0, copies).map((desk) => this.#runOnce(desk)));
		await this.quiet();
	}

	/** Nothing is under way any more. */
	async quiet(): Promise<void> {
		await eventually(async () => {
			const rows = await this.rig.desk.store.db
				.selectFrom('outbox')
				.select('id')
				.where('status', 'in', ['queued', 'sending'])
				.where('not_before', '<=', this.clock.now())
				.limit(1)
				.execute();
			return rows.length === 0;
		}, 60_000);
		await eventually(async () => (await this.simulator.admin.waitForIdleWebhooks(10_000)) || null, 30_000);
		await eventually(() => this.desks.every(({ dispatcher }) => dispatcher.idle), 10_000);
		await eventually(async () => {
			const rows = await this.rig.desk.store.db
				.selectFrom('inbound')
				.select('id')
				.where('kind', '=', 'reminderReply')
				.execute();
			return rows.length === this.#answered;
		}, 10_000);
	}

	/** What reached the phone of each customer: 'day time step invoices' on their own clock, times to five minutes. */
	async heard(): Promise<Record<string, string[]>> {
		const heard: Record<string, string[]> = {};
		for (const customer of this.options.customers) {
			const messages = hasPhone(customer)
				? await this.simulator.admin.messages(waIdOf(customer), { from: 'business' })
				: [];
			const own = messages.filter((message) => message.error === null && this.#isFor(customer, message));
			heard[customer.name] = own.map((message) => `${when(message.at, customer)} ${whatItSays(message)}`);
		}
		return heard;
	}

	/** Two customers may share a phone: a reminder is whose name it carries. */
	#isFor(customer: Customer, message: MessageView): boolean {
		const shared = this.options.customers.some((other) => other !== customer && other.phone === customer.phone);
		return !shared || message.text.includes(customer.name);
	}

	// -------------------------------------------------------- the workflow

	async #runOnce(desk: Desk): Promise<void> {
		const { decisions, outcomes } = await runLadder(desk, {
			channelId: this.rig.channelId,
			receivables: this.openReceivables(),
			policy: this.policy,
			isOpen: ({ invoice }) => this.#invoices.get(invoice)!.situacao === 'aberto',
		});
		for (const decision of decisions) this.#note(decision);
		for (const { status, errorCode } of outcomes) {
			if (status !== 'sent' && status !== 'queued')
				this.refusals.set(errorCode!, (this.refusals.get(errorCode!) ?? 0) + 1);
		}
	}

	get policy(): DunningPolicy {
		return dunningPolicy({ creditor: CREDITOR, ...this.options.policy });
	}

	/** As the node reads the items of the ERP. */
	openReceivables(): Receivable[] {
		return [...this.#invoices.values()].map((row) => {
			const reading = readReceivable(row as unknown as Record<string, unknown>, { creditor: CREDITOR_KEY });
			if (!reading.ok) throw new Error(reading.problem);
			return reading.receivable;
		});
	}

	#note(decision: Decision): void {
		if (decision.type !== 'human' && decision.type !== 'skipped') return;
		const { receivable, code } = decision;
		const { name } = receivable.payer;
		if (decision.type === 'skipped') {
			this.reasons.set(name, (this.reasons.get(name) ?? new Set()).add(code));
			return;
		}
		const known = this.humans.get(name) ?? [];
		if (known.some((line) => line.endsWith(` ${code} ${receivable.invoice}`))) return;
		const day = DateTime.fromMillis(this.clock.now(), { zone: SAO_PAULO }).toFormat('dd/MM');
		this.humans.set(name, [...known, `${day} ${code} ${receivable.invoice}`]);
	}

	// -------------------------------------------------------- customers and the ERP

	#answered = 0;

	/** The workflow of the answers. */
	async #answer(items: MessageItem[]): Promise<void> {
		for (const { reminder, contact, conversation } of items) {
			const { intent, date, invoices } = reminder!;
			if (intent === 'chooseDate') await this.#offerDates(contact!.id, contact!.address!, conversation!.id);
			const change = newsOf(intent, date);
			if (change) await this.#tell(invoices, change, 'resposta do pagador');
			this.#answered++;
		}
	}

	async #tell(invoices: ReadonlyArray<{ invoice: string }>, change: ReceivableNews, reason: string): Promise<void> {
		const results = await changeReceivables(
			this.rig.desk,
			invoices.map(({ invoice }) => ({ creditor: CREDITOR_KEY, invoice, change, reason })),
		);
		// A promise that is not taken is a matter for a person.
		const refused = results.filter(({ result }) => result === 'refused');
		if (refused.length > 0)
			await this.#tell(
				refused.map((each) => each.receivable),
				{ type: 'handToHuman' },
				'promessa recusada',
			);
	}

	async #offerDates(contactId: string, address: string, conversationId: string): Promise<void> {
		const today = DateTime.fromMillis(this.clock.now(), { zone: SAO_PAULO });
		const options = Array.from({ length: 7 }, (_, i) => today.plus({ days: i + 1 })).map((day) => ({
			id: `regua:data:${day.toISODate()}`,
			title: day.toFormat('dd/MM'),
		}));
		const body = 'Em que dia fica bom para você?';
		const menu = { type: 'menu' as const, body, plainText: body, options, style: 'list' as const };
		const recipient = { type: 'contact' as const, contactId, address, conversationId };
		const request = { channelId: this.rig.channelId, recipient, content: menu, origin: 'bot' as const };
		await sendMessages(this.rig.desk, [request], 30_000);
	}

	#readAct(line: string): { at: number; act: Act; what: string } {
		const [, moment, act, what] = /^(\S+ \S+) (\w+) (.+)$/.exec(line)!;
		return { at: instantOf(moment!, this.options.year), act: act as Act, what: what! };
	}

	async #do(customer: Customer, act: Act, what: string): Promise<void> {
		const { admin } = this.simulator;
		const erp = (situacao: string) => void (this.#invoices.get(what)!.situacao = situacao);
		switch (act) {
			case 'says':
				await admin.say(waIdOf(customer), what);
				return this.#arrived(customer, what);
			case 'taps':
				await admin.tap(waIdOf(customer), what);
				return this.#arrived(customer, what);
			case 'pays':
				erp('pago');
				return this.#tell([{ invoice: what }], { type: 'settle' }, 'pelo ERP');
			case 'settles':
				return erp('pago');
			case 'cancels':
				erp('cancelado');
				return this.#tell([{ invoice: what }], { type: 'cancel' }, 'pelo ERP');
			case 'renegotiates':
				erp('renegociado');
				return this.#tell([{ invoice: what }], { type: 'renegotiate' }, 'pelo ERP');
			case 'reopens':
				return this.#tell([{ invoice: what }], { type: 'reopen' }, 'o pagamento não foi localizado');
		}
	}

	/** The desk has taken in what the customer wrote. */
	async #arrived({ name }: Customer, what: string): Promise<void> {
		this.#written++;
		await eventually(async () => {
			const rows = await this.rig.desk.store.db
				.selectFrom('inbound')
				.select('id')
				.where('kind', 'in', ['message', 'reminderReply'])
				.execute();
			return rows.length === this.#written || null;
		}, 10_000).catch(() => {
			throw new Error(`"${what}" of ${name} did not arrive.`);
		});
	}

	#written = 0;
}

const simulatorNumber = '109876543210987';

function newsOf(intent: string, date: string | null): ReceivableNews | null {
	switch (intent) {
		case 'alreadyPaid':
			return { type: 'claimPaid' };
		case 'dispute':
			return { type: 'dispute' };
		case 'wrongPerson':
			return { type: 'wrongPerson' };
		case 'human':
			return { type: 'handToHuman' };
		case 'promiseDate':
			return { type: 'promise', date: date! };
		default:
			return null;
	}
}

/** 'd0 A1+A2'; other messages of the bot by their first word. */
function whatItSays({ template, text, options }: MessageView): string {
	if (!template) return options.length > 0 ? 'datas' : text.split(/[\s!]/)[0]!.toLowerCase();
	const invoices = /Fatura: (.+)/.exec(template.body)?.[1]?.split(', ').join('+') ?? '';
	return `${STEP_OF_TEMPLATE[template.name] ?? template.name} ${invoices}`.trim();
}

function when(at: number, { clock = -3 }: Customer): string {
	const time = DateTime.fromMillis(at, { zone: `UTC${clock}` });
	return time.set({ minute: time.minute - (time.minute % 5) }).toFormat('dd/MM HH:mm');
}

/** '13/11 10:15' or '02/01/2027 10:15' in São Paulo. */
export function instantOf(moment: string, year: number): number {
	const [date, time] = moment.split(' ') as [string, string];
	const [day, month, own = year] = date.split('/').map(Number);
	const [hour, minute] = time.split(':').map(Number);
	return DateTime.fromObject({ year: own, month, day, hour, minute }, { zone: SAO_PAULO }).toMillis();
}
