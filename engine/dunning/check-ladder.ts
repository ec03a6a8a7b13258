import { ConfigurationError } from '../errors';
import { fold, renderText, wildcardName } from '../text';
import type { DunningPolicy, LadderStep } from './types';

/** Do the steps make sense, and may their words be sent? */

const MOST_DAYS = 3650;
const LONGEST_TEXT = 4096;
/** Longer ones are not read (brazil.md §9). */
const READABLE_TEXT = 550;

/** What a locked phone must not show. */
const PRIVATE_VALUES = ['valor', 'total', 'fatura', 'pagamento', 'boleto', 'pix', 'multa', 'juros', 'lista'];

/** Threats and what only a court or a registry may announce (CDC art. 42, Meta's template review). */
const THREATS =
	/\b(spc|serasa|protest\w*|negativa\w*|judicia\w*|juridic\w*|ultima chance|consequencias|penhora\w*|bloque\w*)\b/;

/**
 * @returns warnings in Portuguese
 * @throws ConfigurationError naming the step
 */
export function checkLadder({ steps, firstOverdueBankDay }: DunningPolicy): string[] {
	if (steps.length === 0) fail('The ladder has no steps.', 'Add at least one, e.g. three days before the due date.');
	const keys = new Set<string>();
	for (const [index, step] of steps.entries()) {
		const where = `Ladder, step ${index + 1}${step.key.trim() === '' ? '' : ` ("${step.key}")`}`;
		checkStep(step, where);
		if (keys.has(step.key)) {
			fail(`${where}: another step has this key already.`, 'Each invoice is told each key once: give it its own.');
		}
		keys.add(step.key);
	}
	return [
		...shiftedSteps(steps, firstOverdueBankDay),
		...sameDay(steps),
		...steps.flatMap((step) => (step.action === 'text' ? unwiseWords(step) : [])),
	];
}

function checkStep({ key, offset, unit, action, template, text, shift }: LadderStep, where: string): void {
	if (key.trim() === '') fail(`${where} has no key.`, 'Give it a short stable one, e.g. d+7.');
	if (!Number.isInteger(offset) || Math.abs(offset) > MOST_DAYS) {
		fail(`${where}: the offset is ${offset}.`, `Use whole days up to ${MOST_DAYS}, e.g. -3, 0 or 7.`);
	}
	oneOf(unit, ['calendarDays', 'bankDays'], `${where}, "unit"`);
	oneOf(action, ['template', 'text', 'human'], `${where}, "action"`);
	oneOf(shift, ['next', 'previous'], `${where}, "shift"`);
	if (action === 'template' && !template?.trim()) {
		fail(
			`${where} names no template.`,
			'Name one of your approved templates (template, "modelo"), or choose another action.',
		);
	}
	if (action !== 'text') return;
	if (!text?.trim()) fail(`${where} has no text.`, 'Write one, or choose another action.');
	if (text!.length > LONGEST_TEXT)
		fail(`${where}: the text has ${text!.length} characters.`, `Use at most ${LONGEST_TEXT}.`);
	if (!namesCreditor(text!)) {
		fail(
			`${where}: the text does not name the creditor.`,
			'Every reminder carries name, document and address (CDC art. 42-A): add [rodape].',
		);
	}
}

function namesCreditor(text: string): boolean {
	const names = wildcardsIn(text);
	return names.has('rodape') || ['credor', 'doc_credor', 'endereco_credor'].every((name) => names.has(name));
}

function unwiseWords({ name, text }: LadderStep): string[] {
	const words = fold(text!);
	const shown = wildcardsIn(text!.split('\n')[0]!);
	const exposed = PRIVATE_VALUES.filter((value) => shown.has(value));
	const threat = THREATS.exec(words)?.[0];
	const where = `Passo "${name}"`;
	return [
		threat !== undefined && `${where}: "${threat}" pode soar como ameaça (CDC art. 42) e fazer a Meta recusar o texto.`,
		exposed.length > 0 &&
			`${where}: a primeira linha mostra [${exposed.join('], [')}] na tela bloqueada. Comece só com uma saudação.`,
		!/\b(sair|parar)\b/.test(words) &&
			`${where}: o texto não diz como deixar de receber avisos. Termine com "responda SAIR".`,
		!/ja pagou|ja programou/.test(words) && `${where}: falta "se já pagou, desconsidere".`,
		text!.length > READABLE_TEXT && `${where}: o texto passa de ${READABLE_TEXT} caracteres e talvez não seja lido.`,
	].filter((warning) => warning !== false);
}

/** n bank days are at least n days, so a step closer than that always moves. */
function shiftedSteps(steps: LadderStep[], firstOverdueBankDay: number): string[] {
	return steps
		.filter(({ offset }) => offset > 0 && offset < firstOverdueBankDay)
		.map(
			({ name }) =>
				`Passo "${name}": aviso de atraso só sai a partir do ${firstOverdueBankDay}º dia útil bancário; o passo foi adiado para esse dia.`,
		);
}

function sameDay(steps: LadderStep[]): string[] {
	return steps.flatMap((step, at) => {
		const twin = steps.slice(0, at).find((other) => {
			const sameSegments = [...other.segments].sort().join() === [...step.segments].sort().join();
			return other.offset === step.offset && other.unit === step.unit && sameSegments;
		});
		return twin
			? [`Os passos "${twin.name}" e "${step.name}" caem sempre no mesmo dia: só o segundo será enviado.`]
			: [];
	});
}

function wildcardsIn(text: string): Set<string> {
	return new Set(
		renderText(text, {}).unknown.map((written) => wildcardName(written.replace(/^(\{\{|\[|#)|(\}\}|\]|#)$/g, ''))),
	);
}

function oneOf(value: string, known: string[], where: string): void {
	if (!known.includes(value)) fail(`${where} is "${value}".`, `Use ${known.join(', ')}.`);
}

function fail(message: string, hint: string): never {
	throw new ConfigurationError(message, hint, 'ladder');
}
