import { objectionTo, Told, type ToldMessage, type ToldReminder } from '../../../../engine/receivable/told';
import { somePlan } from '../../../support/dunning-plans';
import { TUESDAY_10H as NOW } from '../../../support/sending-facts';

const sent: ToldMessage = { at: NOW - 60_000, status: 'sent', code: null, finishedAt: NOW };
const told = (fill: (told: Told) => void) => {
	const all = new Told();
	fill(all);
	return all;
};
const reminder = { plan: somePlan(), contactId: 'ana' };
let messages = 0;
/** A reminder of something overdue to the payer of `reminder`, unless it says otherwise. */
const toldOn = (day: string, more: Partial<ToldReminder> = {}): ToldReminder => ({
	...{ id: `out_${++messages}`, payer: 'pay-1', contactId: 'ana', day, isOverdue: true, message: sent },
	...more,
});
const toldOf = (...reminders: ToldReminder[]) => told((all) => reminders.forEach((each) => all.addMessage(each)));

describe('a reminder', () => {
	it('may be told when nothing was', () => {
		expect(objectionTo(reminder, new Told())).toBeNull();
	});

	it('of a step that was told is ignored, with the moment on the clock of its reader (D-34)', () => {
		const known = told((all) => all.addStep('acme', { invoice: 'tit-1', step: 'd+3' }, sent));
		expect(objectionTo(reminder, known)).toEqual({
			code: 'alreadySent',
			explanation: 'Ignorada: já enviada em 10/03/2026 às 10:00.',
		});
		const inAcre = { ...reminder, plan: somePlan({ hours: { weekly: [], zone: 'America/Rio_Branco' } }) };
		expect(objectionTo(inAcre, known)?.explanation).toBe('Ignorada: já enviada em 10/03/2026 às 08:00.');
	});

	it('of a step that waits or came to nothing says so', () => {
		const step = { invoice: 'tit-1', step: 'd+3' };
		const waits = told((all) => all.addStep('acme', step, { at: NOW, status: 'held', code: null, finishedAt: null }));
		expect(objectionTo(reminder, waits)?.explanation).toBe(
			'Ignorada: já está na caixa de saída desde 10/03/2026 às 10:00.',
		);
		const failed = told((all) => all.addStep('acme', step, { ...sent, status: 'refused' }));
		expect(objectionTo(reminder, failed)?.explanation).toBe(
			'Ignorada: já tentada em 10/03/2026 às 10:00, sem entrega pelo WhatsApp.',
		);
	});

	it('of another step, invoice or creditor may be told', () => {
		const others = told((all) => {
			all.addStep('acme', { invoice: 'tit-1', step: 'd0' }, sent);
			all.addStep('acme', { invoice: 'tit-2', step: 'd+3' }, sent);
			all.addStep('other', { invoice: 'tit-1', step: 'd+3' }, sent);
		});
		expect(objectionTo(reminder, others)).toBeNull();
	});

	it('is one per contact and day, also when the clock was set back over midnight', () => {
		const of = { payer: 'pay-2', isOverdue: false };
		expect(objectionTo(reminder, toldOf(toldOn('2026-03-10', of)))).toEqual({
			code: 'oneReminderPerDay',
			explanation:
				'Ignorada: este contato já tem o lembrete de 10/03/2026 (já enviada em 10/03/2026 às 10:00). Sai um por dia.',
		});
		expect(objectionTo(reminder, toldOf(toldOn('2026-03-11', of)))?.code).toBe('oneReminderPerDay');
		expect(objectionTo(reminder, toldOf(toldOn('2026-03-09', of)))).toBeNull();
		expect(objectionTo(reminder, toldOf(toldOn('2026-03-10', { ...of, contactId: 'bruno' })))).toBeNull();
	});

	it('is one per payer and day, on whichever of their numbers', () => {
		expect(objectionTo(reminder, toldOf(toldOn('2026-03-10', { contactId: 'work' })))?.explanation).toBe(
			'Ignorada: este pagador, em outro número, já tem o lembrete de 10/03/2026 (já enviada em 10/03/2026 às 10:00). Sai um por dia.',
		);
	});

	it('that somebody took back is not called sent', () => {
		const message = { ...sent, status: 'refused', code: 'takenBack' };
		expect(objectionTo(reminder, toldOf(toldOn('2026-03-10', { message })))?.explanation).toContain(
			'(cancelada por alguém em 10/03/2026 às 10:00)',
		);
	});

	it('about what is overdue keeps to the maximum of seven days; others do not count', () => {
		const week = (...days: string[]) => toldOf(...days.map((day) => toldOn(day)));
		expect(objectionTo(reminder, week('2026-03-04', '2026-03-09'))).toEqual({
			code: 'weeklyMaximum',
			explanation: 'Ignorada: este pagador já recebeu o máximo de lembretes de atraso em sete dias (2).',
		});
		expect(objectionTo(reminder, week('2026-03-03', '2026-03-09'))).toBeNull();
		expect(
			objectionTo({ ...reminder, plan: somePlan({ afterDue: false }) }, week('2026-03-04', '2026-03-09')),
		).toBeNull();
		expect(
			objectionTo({ ...reminder, plan: somePlan({ maxPerWeek: 3 }) }, week('2026-03-04', '2026-03-09')),
		).toBeNull();
	});

	it.each([
		['este contato já recebeu, contando outros cadastros,', { payer: 'cpf' }, { payer: '+55' }],
		['este pagador e este contato já receberam, juntos,', { payer: 'cpf' }, { contactId: 'work' }],
		['este pagador já recebeu', { contactId: 'home' }, { contactId: 'work' }],
	])('says who had enough in the week: %s', (who, first, second) => {
		const enough = toldOf(toldOn('2026-03-05', first), toldOn('2026-03-09', second));
		expect(objectionTo(reminder, enough)).toEqual({
			code: 'weeklyMaximum',
			explanation: `Ignorada: ${who} o máximo de lembretes de atraso em sete dias (2).`,
		});
		// One message is one, although it was told to this payer and to this contact.
		expect(objectionTo(reminder, toldOf(toldOn('2026-03-09')))).toBeNull();
	});

	it('counts those that were taken a moment ago in the same batch', () => {
		const all = new Told();
		all.add(reminder, NOW);
		expect(objectionTo({ plan: somePlan({ dedupeKey: 'other' }), contactId: 'bruno' }, all)?.code).toBe('alreadySent');
		const invoice = { invoice: 'tit-9', step: 'd+3', number: 'NF 9', dueDate: '2026-03-07', amountCents: 1 };
		const other = somePlan({ dedupeKey: 'other', steps: [invoice] });
		expect(objectionTo({ plan: other, contactId: 'ana' }, all)?.code).toBe('oneReminderPerDay');
		expect(objectionTo({ plan: other, contactId: 'bruno' }, all)?.code).toBe('oneReminderPerDay');
		const another = somePlan({ dedupeKey: 'other', payer: 'pay-2', steps: [invoice] });
		expect(objectionTo({ plan: another, contactId: 'bruno' }, all)).toBeNull();
	});
});
