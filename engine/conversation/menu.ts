import type { MenuContent, MenuOption, MenuSnapshot } from '../model';
import { optionId } from './answer';
import type { CompiledTriage } from './config';
import type { TriageRow } from './config-schema';
import { placesList } from './render';
import { textFor, type TextKey } from './texts';
import { clearTimers, note, send, setTimer, wordsFor, type Turn } from './turn';

/**
 * Which options does this customer see, and what does the message look like? Active queues without a closed padlock, in
 * number order, listed by the system and never by hand (B-45, B-49, B-56); what went out is kept as a snapshot.
 */

/** Limits of interactive messages (Cloud API: list rows 24/72 characters, body of buttons 1,024). */
const TITLE_LENGTH = 24;
const BUTTON_LENGTH = 20;
const DESCRIPTION_LENGTH = 72;
const BODY_LENGTH = 1024;

export function offeredRows(config: CompiledTriage, blocked: ReadonlySet<string>): TriageRow[] {
	return blocked.size === 0 ? config.offered : config.offered.filter((row) => !blocked.has(row.name));
}

/**
 * Sends the menu, introduced by one text (welcome, invalid option…) in the same message or before it (B-57, B-58).
 * False when there is no queue to offer; nothing was sent then.
 */
export function sendMenu(turn: Turn, config: CompiledTriage, leadIn: TextKey, title?: string): boolean {
	const rows = offeredRows(config, turn.context.blockedQueues);
	if (rows.length === 0) return false;
	const menu = snapshotOf(rows, turn.context.now);
	const list = rows.map((row) => `${row.number} - ${row.displayName}`).join('\n');
	const intro = wordsFor(turn, leadIn, null, title, list);
	const ownList = placesList(textFor(turn.table, 'chooseQueue', null, turn.context.open));
	const phrase = wordsFor(turn, 'chooseQueue', null, title, '');
	const plain = ownList ? wordsFor(turn, 'chooseQueue', null, title, list) : joined(phrase, list);
	// A list hides its rows behind a button: the numbers a customer may type stand in the text as well.
	const options = optionsOf(rows, menu);
	const behindButton = config.menuStyle === 'list' || !options.every(fitsButton) || rows.length > 3;
	const body = behindButton ? plain : phrase || plain;
	const together = intro !== '' && config.listPlacement === 'same' && intro.length + body.length < BODY_LENGTH - 2;

	if (intro !== '' && !together) send(turn, leadIn, { type: 'text', text: intro });
	send(turn, 'menu', {
		type: 'menu',
		body: together ? joined(intro, body) : body,
		plainText: together ? joined(intro, plain) : plain,
		options,
		style: config.menuStyle,
		buttonLabel: config.menuButtonLabel,
	} satisfies MenuContent);
	turn.data.menu = menu;
	armTimers(turn, config);
	note(turn, 'menuSent', `Menu enviado: ${list.replaceAll('\n', ', ')}.`, { options: menu.options });
	return true;
}

function armTimers(turn: Turn, { timeout }: CompiledTriage): void {
	const { giveUpAfterMinutes: giveUp, reminderAfterMinutes: remind } = timeout;
	if (giveUp) setTimer(turn, 'menuTimeout', turn.context.now + giveUp * 60_000);
	else clearTimers(turn, 'menuTimeout');
	if (remind && (!giveUp || remind < giveUp)) setTimer(turn, 'menuReminder', turn.context.now + remind * 60_000);
	else clearTimers(turn, 'menuReminder');
}

function snapshotOf(rows: TriageRow[], sentAt: number): MenuSnapshot {
	return { sentAt, options: rows.map((row) => ({ number: row.number, queue: row.name, title: row.displayName })) };
}

function optionsOf(rows: TriageRow[], menu: MenuSnapshot): MenuOption[] {
	return rows.map((row) => {
		const whole = `${row.number} - ${row.displayName}`;
		const title = shortened(whole, TITLE_LENGTH);
		// A shortened name is told in full on the second line, unless that line is taken.
		const description = row.description || (title === whole ? '' : row.displayName);
		return {
			id: optionId(menu, row.name),
			title,
			...(description && { description: shortened(description, DESCRIPTION_LENGTH) }),
		};
	});
}

/** Short and without a second line: a channel with buttons shows it as one. */
function fitsButton({ title, description }: MenuOption): boolean {
	return title.length <= BUTTON_LENGTH && description === undefined;
}

/** Cuts between characters, never inside one (an emoji is two code units). */
function shortened(text: string, length: number): string {
	if (text.length <= length) return text;
	let kept = text.slice(0, length - 1);
	if (/[\uD800-\uDBFF]$/.test(kept)) kept = kept.slice(0, -1);
	return kept.trimEnd() + '…';
}

function joined(...texts: string[]): string {
	return texts.filter((text) => text !== '').join('\n\n');
}
