import type { ConsentNews, Conversation, Instant, InboundContentType, MenuSnapshot, OutboundContent } from '../model';
import type { CompiledTriage } from './config';
import type { DeskSettings } from './settings';
import type { TextKey } from './texts';

/** What goes into the conversation machine and what comes out (D5). Values only. */

/** Raised when stored triage data changes shape; every conversation carries the one it was written with. */
export const MACHINE_VERSION = 1;

/** How "until somebody says otherwise" is stored: the last instant a Date can hold. */
export const FOREVER: Instant = 8640000000000000;

export type TimerKind = 'menuReminder' | 'menuTimeout' | 'inactivity' | 'opening';

/** What triage remembers about one conversation; JSON, stored in `conversation.data`. */
export interface TriageData {
	/** The welcome goes out once per service (D-22). */
	welcomed: boolean;
	/** The menu this customer holds; null before the first one. */
	menu: MenuSnapshot | null;
	/** Invalid answers in a row. */
	attempts: number;
	/** The attempts ran out and the workflow took over: the bot no longer comments on wrong answers. */
	exhausted: boolean;
	/** Internal name of the self-service row this conversation is in. */
	selfService: string | null;
	/** The customer was told about the closed hours until then (D-27). */
	awayNoticeUntil: Instant | null;
	/** Key of the closed period whose notice was said, where the caller named one (D-27). */
	noticePeriod: string | null;
	/** Waits for the business to open (M-22). */
	pendingOpening: boolean;
	/** The opening until which the timeline says that this conversation is held. */
	heldUntil: Instant | null;
	/** The customer was told that there is no queue to offer. */
	nobodyNoticed: boolean;
	/** First message of a human from the phone in the present pause (D-08). */
	humanSince: Instant | null;
	/** Name shown for `conversation.agent`. */
	agentName: string | null;
	/** Timers that are running, with the instant they are due. */
	timers: Partial<Record<TimerKind, Instant>>;
	loop: LoopMemory;
	/** What later operations without a router at hand need; null until a router has seen the conversation. */
	settings: DeskSettings | null;
}

/** The memory of a conversation that has just been opened. */
export function initialTriageData(): TriageData {
	return {
		welcomed: false,
		menu: null,
		attempts: 0,
		exhausted: false,
		selfService: null,
		awayNoticeUntil: null,
		noticePeriod: null,
		pendingOpening: false,
		heldUntil: null,
		nobodyNoticed: false,
		humanSince: null,
		agentName: null,
		timers: {},
		loop: { lastHash: 0, same: 0, sameSince: 0, fast: 0, lastBotAt: 0 },
		settings: null,
	};
}

/** Figures of the loop guard (D-16); a hash instead of the words, so that no customer text is kept here. */
export interface LoopMemory {
	lastHash: number;
	same: number;
	sameSince: Instant;
	fast: number;
	lastBotAt: Instant;
}

export type WakeKind = TimerKind;

export type ConversationEvent =
	| {
			type: 'message';
			text: string;
			reply: { id: string; title: string } | null;
			contentType: InboundContentType;
			/** The provider's own name of its kind, where `contentType` is `other`. */
			providerType?: string;
			/** Found after the bot's time to answer had passed (D3): it is never answered automatically. */
			late: boolean;
			/** When it arrived here; default `context.now`. */
			receivedAt?: Instant;
			/** When the customer wrote it, by the provider's clock; default `receivedAt`. */
			sentAt?: Instant;
			/** It opted out or in and was confirmed when it arrived: no answer to the menu (D-35). */
			consent?: ConsentNews | null;
	  }
	| { type: 'wake'; kind: WakeKind }
	| {
			type: 'transfer';
			queue: string;
			agent?: string | null;
			agentName?: string | null;
			/** Tell the customer; default: only when the bot still had the conversation. */
			announce?: boolean;
	  }
	| { type: 'assign'; agent: string; agentName?: string | null; queue?: string | null; silent?: boolean }
	| { type: 'resolve'; by: 'agent' | 'bot'; silent?: boolean }
	| { type: 'reopen'; agent?: string | null; agentName?: string | null }
	| { type: 'pauseBot'; until: Instant | null }
	| { type: 'resumeBot' }
	/** Leaves the conversation pending until the business opens (M-22). */
	| {
			type: 'hold';
			until: Instant;
			/** Waits in this queue instead of being asked for one at the opening. */
			queue?: string | null;
			/** Said once per closed period; `period` names it, otherwise it lasts until `until`. */
			notice?: { text: string; period?: string | null } | null;
			/** The message it is about: after closing, thanks are absorbed and anything else reopens (D-23). */
			message?: {
				text: string;
				contentType: InboundContentType;
				providerType?: string;
				consent?: ConsentNews | null;
			} | null;
	  }
	/** A human wrote from the company's own phone (D-07). `settings`: for a conversation that no router has seen yet. */
	| { type: 'humanTyped'; at: Instant; settings?: DeskSettings | null }
	/**
	 * The bot is called back before its time: a word typed on the phone, or the message was no human's after all (P-21). With
	 * `began`, only a pause that this one message began and nothing has prolonged.
	 */
	| { type: 'botCalledBack'; why: string; began?: Instant };

export type EventType = ConversationEvent['type'];

/** What a Business Hours node said about the moment (P-18). */
export interface AwayInfo {
	nextOpeningAt?: Instant | null;
	/** Ready sentence for {{proximo_horario}}; made from `nextOpeningAt` when missing. */
	nextOpeningText?: string | null;
	/** Ready sentence for {{horario}}. */
	hoursText?: string | null;
}

export interface TransitionContext {
	now: Instant;
	contact: { name: string | null; phone: string | null };
	/** IANA name. */
	zone: string;
	/** Internal names of the queues whose padlock is closed (B-44). */
	blockedQueues: ReadonlySet<string>;
	/** Display names by internal name, for queues that the conversation's own settings do not name. */
	queueNames?: ReadonlyMap<string, string>;
	/** null: no Business Hours node was asked. */
	open: boolean | null;
	away?: AwayInfo | null;
	/** Hours in which free text may follow the contact's last message; null: no limit; default 24. */
	serviceWindowHours?: number | null;
	/** Messages the bot sent to this contact in the last `loopGuard.perMinutes`. */
	botMessagesRecently?: number;
}

export interface TransitionInput {
	conversation: Conversation;
	event: ConversationEvent;
	/** null when no Queue Router is at hand (desk operations, timers). */
	config: CompiledTriage | null;
	context: TransitionContext;
}

export type TimelineEventName =
	| 'menuSent'
	| 'invalidAnswer'
	| 'queueUnavailable'
	| 'attemptsExceeded'
	| 'queued'
	| 'selfService'
	| 'nobodyAvailable'
	| 'outsideHours'
	| 'pendingAtOpening'
	| 'heldForOpening'
	| 'lateMessage'
	| 'menuReminder'
	| 'timeout'
	| 'backToMenu'
	| 'assigned'
	| 'transferred'
	| 'resolved'
	| 'reopened'
	| 'absorbed'
	| 'humanTookOver'
	| 'botPaused'
	| 'botResumed'
	| 'loopBlocked';

export type SendPurpose = TextKey | 'menu';

/** What the caller does in the transaction that stores the conversation; the order is the sending order. */
export type Effect =
	| {
			type: 'send';
			purpose: SendPurpose;
			/** Unique within one transition and the same when it is played again. */
			key: string;
			/** On whose behalf: a pause of the bot must not hold back what an agent's action says. */
			origin: 'bot' | 'agent';
			content: OutboundContent;
	  }
	/** A text prepared for the agent to send (B-67). */
	| { type: 'draft'; text: string }
	| { type: 'timeline'; event: TimelineEventName; text: string; data: Record<string, unknown> }
	| { type: 'setTimer'; kind: TimerKind; dueAt: Instant }
	| { type: 'clearTimer'; kind: TimerKind }
	/** Messages of the bot that have not left yet must not leave any more. */
	| { type: 'cancelBotMessages' }
	/** Tell the queue's agents that somebody waits (B-62). */
	| { type: 'notifyQueue'; queue: string };

export type RouterOutput =
	| { type: 'queue'; queue: string }
	| { type: 'selfService'; queue: string }
	| { type: 'waiting' }
	| { type: 'noValidAnswer' }
	| { type: 'withHuman' }
	| { type: 'nobodyAvailable'; queue: string | null }
	| { type: 'absorbed' };

/**
 * `done`       store the conversation and do the effects.
 * `newService` the message belongs to a new service (D-23, D-25): store these, open a new conversation, give it the same event.
 * `refused`    the state forbids this operation; nothing changed.
 */
export type Transition =
	| { type: 'done'; conversation: Conversation; effects: Effect[]; output: RouterOutput; explanation: string }
	| { type: 'newService'; conversation: Conversation; effects: Effect[]; explanation: string }
	| { type: 'refused'; rule: string; message: string; hint: string };
