import { templateApproved } from '../../../../../engine/outbox/rules/template-approved';
import { someFacts, someTemplate, TUESDAY_10H as NOW } from '../../../../support/sending-facts';

const known = (status: string) => new Map([['lembrete pt_BR', { status, category: 'utility' as const }]]);
const judged = (status: string, more = {}) =>
	templateApproved(someFacts({ content: someTemplate(), templates: known(status), ...more }), NOW);

describe('only approved templates leave (C-24, C-26)', () => {
	it.each(['approved', 'unknown'])('%s: yes', (status) => expect(judged(status)).toBeNull());

	it.each([
		['pending', 'ainda está em análise na Meta. Espere a aprovação'],
		['rejected', 'foi rejeitado pela Meta. Corrija o texto e envie de novo para aprovação'],
		['paused', 'está pausado por baixa qualidade. Espere a pausa terminar ou edite o modelo'],
		['locked', 'não está aprovado. Veja a situação dele no Gerenciador do WhatsApp'],
	])('%s: no, and what to do', (status, why) => {
		expect(judged(status)).toEqual({
			type: 'refuse',
			code: 'templateNotApproved',
			text: `Não enviada: o modelo "lembrete" (pt_BR) ${why}.`,
		});
	});

	it('leaves one it knows nothing of to the provider, also in another language', () => {
		expect(judged('paused', { templates: new Map() })).toBeNull();
		expect(judged('paused', { content: someTemplate({ language: 'en_US' }) })).toBeNull();
	});

	it('asks nothing where templates are sent as text, and of free text (C-23)', () => {
		expect(judged('paused', { channelHasTemplates: false })).toBeNull();
		expect(judged('paused', { content: { type: 'text', text: 'Olá' } })).toBeNull();
	});
});
