import { Apps } from './apps';
import type { FetchedLink } from './cloud-api/link-media';
import { VirtualClock } from './clock';
import { Faults } from './faults';
import { Health } from './health';
import { EventHub } from './http/events';
import { MediaStore } from './media';
import { Metrics } from './metrics';
import { type BusinessNumber, DEFAULT_SETTINGS, type Settings, type SettingsPatch } from './model';
import type { NewTemplate } from './templates/model';
import { TemplateStore } from './templates/store';
import { Tokens } from './tokens';
import { WebhookDispatcher } from './webhooks/dispatcher';
import type { WhatsAppWeb } from './whatsapp-web/whatsapp-web';
import { type NewContact, World } from './world';

/** Everything one running simulator is made of; the HTTP layers act on this. */
export interface Simulation {
	clock: VirtualClock;
	world: World;
	faults: Faults;
	metrics: Metrics;
	media: MediaStore;
	settings: Settings;
	events: EventHub;
	webhooks: WebhookDispatcher;
	templates: TemplateStore;
	apps: Apps;
	tokens: Tokens;
	health: Health;
	/** Media links under way, so that many messages with one link ask for it once. */
	fetching: Map<string, Promise<FetchedLink>>;
	/** Messages that wait for the quality assessment of their template. */
	held: HeldMessage[];
	/** Free service messages already given, by number and month. */
	freeService: Map<string, number>;
	limits: { pair: Map<string, number>; perSecond: Map<string, { second: number; count: number }> };
	/** Where the simulator itself is reached; known once it listens. */
	baseUrl: string;
	/** The customers a fresh page shows. */
	readyMade: NewContact[];
	/** The templates a fresh account has. */
	readyTemplates: NewTemplate[];
	/** Statuses and slow answers to come; each entry cancels one. */
	planned: Set<() => void>;
	/** The double of WhatsApp Web, when it was asked for. */
	whatsAppWeb: WhatsAppWeb | null;
}

export interface HeldMessage {
	heldAt: number;
	release: () => void;
	drop: () => void;
}

export interface StartingWorld {
	contacts: NewContact[];
	templates: NewTemplate[];
}

export const READY_MADE: NewContact[] = [
	{ waId: '5511987654321', name: 'Ana Souza' },
	{ waId: '5521976543210', name: 'Bruno Lima' },
	{ waId: '5531965432109', name: 'Carla Mendes' },
];

export function createSimulation(numbers: BusinessNumber[], patch: SettingsPatch, start: StartingWorld): Simulation {
	const settings = merged(DEFAULT_SETTINGS, patch);
	const faults = new Faults();
	const metrics = new Metrics();
	const apps = new Apps();
	const simulation: Simulation = {
		clock: new VirtualClock(),
		world: new World(settings.historyLimit),
		faults,
		metrics,
		media: new MediaStore(),
		settings,
		events: new EventHub(),
		webhooks: new WebhookDispatcher(() => simulation.settings.webhooks, faults, metrics, apps),
		templates: new TemplateStore(),
		apps,
		tokens: new Tokens(),
		health: new Health(),
		fetching: new Map(),
		held: [],
		freeService: new Map(),
		limits: { pair: new Map(), perSecond: new Map() },
		baseUrl: '',
		readyMade: start.contacts,
		readyTemplates: start.templates,
		planned: new Set(),
		whatsAppWeb: null,
	};
	for (const number of numbers) simulation.world.numbers.set(number.phoneNumberId, number);
	furnish(simulation);
	return simulation;
}

export function changeSettings(simulation: Simulation, patch: SettingsPatch): void {
	simulation.settings = merged(simulation.settings, patch);
	simulation.world.historyLimit = simulation.settings.historyLimit;
}

/** Back to the first minute: people, messages, templates, faults, clock and counters; numbers and settings stay. */
export function resetSimulation(simulation: Simulation): void {
	for (const cancel of simulation.planned) cancel();
	simulation.planned.clear();
	simulation.webhooks.clear();
	simulation.world.clear();
	simulation.media.clear();
	simulation.faults.clear();
	simulation.clock.reset();
	simulation.metrics.clear();
	simulation.limits.pair.clear();
	simulation.limits.perSecond.clear();
	simulation.templates.clear();
	simulation.tokens.clear();
	simulation.health.clear();
	simulation.held = [];
	simulation.freeService.clear();
	simulation.whatsAppWeb?.reset();
	furnish(simulation);
	simulation.events.emit({ type: 'reset' });
}

export function closeSimulation(simulation: Simulation): void {
	for (const cancel of simulation.planned) cancel();
	simulation.planned.clear();
	simulation.webhooks.close();
	simulation.events.close();
	for (const chat of simulation.world.chats.values()) for (const wake of chat.waiters) wake();
}

/** Runs `act` after real milliseconds (0: as soon as possible), unless the simulator is reset or closed before. */
export function later(simulation: Simulation, ms: number, act: () => void): void {
	const run = () => {
		simulation.planned.delete(cancel);
		act();
	};
	let cancel: () => void;
	if (ms > 0) {
		const timer = setTimeout(run, ms);
		cancel = () => clearTimeout(timer);
	} else {
		const immediate = setImmediate(run);
		cancel = () => clearImmediate(immediate);
	}
	simulation.planned.add(cancel);
}

/** The numbers of a WABA, whoever asks. */
export function numbersOf(simulation: Simulation, wabaId: string): BusinessNumber[] {
	return [...simulation.world.numbers.values()].filter((number) => number.wabaId === wabaId);
}

function furnish(simulation: Simulation): void {
	for (const contact of simulation.readyMade) simulation.world.addContact(contact);
	const [first] = simulation.world.numbers.values();
	for (const template of simulation.readyTemplates) {
		const wabaId = template.wabaId ?? first?.wabaId;
		if (wabaId) simulation.templates.add({ ...template, wabaId }, simulation.clock.now());
	}
}

function merged(settings: Settings, patch: SettingsPatch): Settings {
	return {
		...settings,
		...patch,
		statusDelaysMs: { ...settings.statusDelaysMs, ...patch.statusDelaysMs },
		pairLimit: { ...settings.pairLimit, ...patch.pairLimit },
		throughput: { ...settings.throughput, ...patch.throughput },
		webhooks: { ...settings.webhooks, ...patch.webhooks },
	};
}
