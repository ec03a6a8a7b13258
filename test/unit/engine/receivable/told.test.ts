import { objectionTo, Told, type ToldMessage } from '../../../../engine/receivable/told';
import { somePlan } from '../../../support/dunning-plans';
import { TUESDAY_10H as NOW } from '../../../support/sending-facts';

const sent: ToldMessage = { at: NOW - 60_000, status: 'sent', code: null, finishedAt: NOW };
const told = (fill: (told: Told) => void) => {
	const all = new Told();
	fill(all);
	return all;
};
const reminder = { plan: somePlan(), contactId: 'ana' };

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
		const today = told((all) => all.addDay('ana', '2026-03-10', sent));
		expect(objectionTo(reminder, today)).toEqual({
			code: 'oneReminderPerDay',
			explanation:
				'Ignorada: este contato já tem o lembrete de 10/03/2026 (já enviada em 10/03/2026 às 10:00). Sai um por dia.',
		});
		expect(
			objectionTo(
				reminder,
				told((all) => all.addDay('ana', '2026-03-11', sent)),
			)?.code,
		).toBe('oneReminderPerDay');
		expect(
			objectionTo(
				reminder,
				told((all) => all.addDay('ana', '2026-03-09', sent)),
			),
		).toBeNull();
		expect(
			objectionTo(
				reminder,
				told((all) => all.addDay('bruno', '2026-03-10', sent)),
			),
		).toBeNull();
	});

	it('about what is overdue keeps to the maximum of seven days; others do not count', () => {
		const week = (...days: string[]) =>
			told((all) => {
				for (const day of days) all.addOverdue('pay-1', day);
			});
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

	it('counts those that were taken a moment ago in the same batch', () => {
		const all = new Told();
		all.add(reminder, NOW);
		expect(objectionTo({ plan: somePlan({ dedupeKey: 'other' }), contactId: 'bruno' }, all)?.code).toBe('alreadySent');
		const invoice = { invoice: 'tit-9', step: 'd+3', number: 'NF 9', dueDate: '2026-03-07', amountCents: 1 };
		const other = somePlan({ dedupeKey: 'other', steps: [invoice] });
		expect(objectionTo({ plan: other, contactId: 'ana' }, all)?.code).toBe('oneReminderPerDay');
		expect(objectionTo({ plan: other, contactId: 'bruno' }, all)).toBeNull();
	});
});
