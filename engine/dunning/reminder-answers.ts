/**
 * What does somebody want who answers a payment reminder? Buttons and menus of reminders say it by their ids; typed words count
 * only when they are nothing else ("já paguei", but not "já paguei, quero falar do prazo"). Pure: whether there was a reminder at
 * all is asked elsewhere (inbound/reminder-replies.ts).
 */
import { isDateText, type DateText } from '../business-hours/dates';
import type { ReminderIntent } from '../model-reminder';
import { fold } from '../text';

export interface ReminderAnswer {
	intent: ReminderIntent;
	/** Of a promiseDate. */
	date: DateText | null;
	/** An option that only reminders offer: no further proof is needed. */
	certain: boolean;
	/** The reminder the option names, as it claims; null = none. */
	reminderId: string | null;
}

/**
 * Prefix of the option ids of menus about reminders, e.g. `regua:jaPaguei`, `regua:data:2026-11-27`. A date may name the reminder
 * it was offered for: `regua:data:2026-11-27:out_…`.
 */
export const REMINDER_OPTION = 'regua:';

const OPTIONS: Record<string, ReminderIntent> = {
	jaPaguei: 'alreadyPaid',
	segundaVia: 'secondCopy',
	combinarData: 'chooseDate',
	condicoes: 'conditions',
	naoReconheco: 'dispute',
	pessoaErrada: 'wrongPerson',
	equipe: 'human',
};

const PHRASES: Array<[ReminderIntent, string[]]> = [
	[
		'alreadyPaid',
		[
			'ja paguei',
			'paguei',
			'ja foi pago',
			'ja foi paga',
			'ja esta pago',
			'ja esta paga',
			'pago',
			'ta pago',
			'esta pago',
		],
	],
	[
		'secondCopy',
		['2a via', '2 via', 'segunda via', 'quero a segunda via', 'quero a 2a via', 'manda o boleto', 'boleto'],
	],
	['chooseDate', ['combinar data', 'combinar uma data', 'escolher data', 'escolher uma data', 'escolher outra data']],
	['conditions', ['ver condicoes', 'ver as condicoes', 'condicoes', 'quero negociar', 'negociar', 'quero parcelar']],
	['dispute', ['nao reconheco', 'nao reconheco essa divida', 'nao reconheco esta divida', 'nao devo', 'nao devo nada']],
	['wrongPerson', ['numero errado', 'pessoa errada', 'nao sou eu', 'engano', 'foi engano', 'nao e comigo']],
	[
		'human',
		['falar com a equipe', 'falar com atendente', 'falar com um atendente', 'falar com uma pessoa', 'atendente'],
	],
];
const INTENT_OF = new Map(PHRASES.flatMap(([intent, phrases]) => phrases.map((phrase) => [phrase, intent] as const)));

const LONGEST = 60;
const WORD = /[\p{L}\p{N}]+/gu;

/** @returns null when it says nothing that is only about reminders */
export function readReminderAnswer(content: {
	text: string;
	reply: { id: string; title: string } | null;
}): ReminderAnswer | null {
	const { reply, text } = content;
	if (reply?.id.startsWith(REMINDER_OPTION)) return readOption(reply.id.slice(REMINDER_OPTION.length));
	const said = reply?.title ?? text;
	if (said.length > LONGEST) return null;
	const words = (fold(said).match(WORD) ?? []).join(' ').replace(/ (?:por favor|pfv|obrigad[oa])$/, '');
	const intent = INTENT_OF.get(words);
	return intent ? { intent, date: null, certain: false, reminderId: null } : null;
}

function readOption(option: string): ReminderAnswer | null {
	const [, date, reminderId = null] = /^data:([^:]+)(?::(.+))?$/.exec(option) ?? [];
	if (date !== undefined) return isDateText(date) ? { intent: 'promiseDate', date, certain: true, reminderId } : null;
	const intent = Object.hasOwn(OPTIONS, option) ? OPTIONS[option] : undefined;
	return intent ? { intent, date: null, certain: true, reminderId: null } : null;
}
