import { readReminderAnswer } from '../../../../engine/dunning/reminder-answers';

const typed = (text: string) => readReminderAnswer({ text, reply: null });
const tapped = (id: string, title = '') => readReminderAnswer({ text: title, reply: { id, title } });

describe('answers to a payment reminder', () => {
	it.each([
		['Já paguei', 'alreadyPaid'],
		['JÁ PAGUEI!!', 'alreadyPaid'],
		['paguei, obrigado', 'alreadyPaid'],
		['2ª via', 'secondCopy'],
		['Segunda via por favor', 'secondCopy'],
		['Combinar data', 'chooseDate'],
		['Ver condições', 'conditions'],
		['Não reconheço', 'dispute'],
		['Número errado', 'wrongPerson'],
		['Falar com a equipe', 'human'],
	])('"%s" means %s when typed (B-09)', (text, intent) => {
		expect(typed(text)).toEqual({ intent, date: null, certain: false, reminderId: null });
	});

	it.each([['já paguei, mas quero falar do prazo'], ['o boleto está errado'], ['constructor'], [''], ['oi']])(
		'"%s" is no answer of this kind',
		(text) => expect(typed(text)).toBeNull(),
	);

	it.each([
		['regua:jaPaguei', 'alreadyPaid'],
		['regua:segundaVia', 'secondCopy'],
		['regua:combinarData', 'chooseDate'],
		['regua:condicoes', 'conditions'],
		['regua:naoReconheco', 'dispute'],
		['regua:pessoaErrada', 'wrongPerson'],
		['regua:equipe', 'human'],
	])('the option %s is certain', (id, intent) => {
		expect(tapped(id)).toEqual({ intent, date: null, certain: true, reminderId: null });
	});

	it('an option may carry the date itself', () => {
		const chosen = { intent: 'promiseDate', date: '2026-11-27', certain: true };
		expect(tapped('regua:data:2026-11-27')).toEqual({ ...chosen, reminderId: null });
		expect(tapped('regua:data:2026-11-27:out_1')).toEqual({ ...chosen, reminderId: 'out_1' });
		expect(tapped('regua:data:2026-02-30')).toBeNull();
		expect(tapped('regua:toString')).toBeNull();
	});

	it('the button of a template comes back with its title', () => {
		expect(tapped('Já paguei', 'Já paguei')).toMatchObject({ intent: 'alreadyPaid', date: null, certain: false });
	});
});
