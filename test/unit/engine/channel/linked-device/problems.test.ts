import { explainProblem } from '../../../../../engine/channel/linked-device/problems';
import type { SessionProblem } from '../../../../../engine/model-linked-device';

const facts = { phone: '5511987654321', detail: null };

describe('why a session is not connected, in words', () => {
	it('names both numbers when another phone read the code (B-17)', () => {
		const text = explainProblem('otherNumber', { phone: '5511987654321', detail: '5521976543210' });
		expect(text).toContain('lido pelo celular +55 21 97654-3210');
		expect(text).toContain('é do número +55 11 98765-4321');
	});

	it('says what to do for each of them', () => {
		const whatToDo: Record<SessionProblem, RegExp> = {
			codeExpired: /Clique em "Ativar"/,
			otherNumber: /Ative outra vez/,
			replaced: /Encerre o outro .* clique em "Ativar"/,
			loggedOut: /Clique em "Ativar"/,
			banned: /Abra o WhatsApp no celular .* clique em "Ativar"/,
			mustRelink: /clique em "Ativar"/,
			wrongKey: /Coloque de volta .* desative e ative/,
			corruptState: /Restaure um backup .* desative e ative/,
			outdated: /atualize o pacote n8n-nodes-whatsapp-desk .* não é preciso ler outro QR Code/,
			unreachable: /Uma nova tentativa é feita sozinha/,
			restricted: /pare as campanhas/,
		};
		for (const [problem, pattern] of Object.entries(whatToDo)) {
			expect(explainProblem(problem as SessionProblem, facts)).toMatch(pattern);
		}
	});

	it('says that nobody knows whether the number is restricted, while WhatsApp does not answer', () => {
		const text = explainProblem('restricted', { phone: null, detail: 'sem resposta em 10 s' });
		expect(text).toContain('não disse se o restringiu (sem resposta em 10 s)');
		expect(text).toContain('pare as campanhas');
	});

	it('tells the code an outage ended with', () => {
		expect(explainProblem('unreachable', { phone: null, detail: 'HTTP 403' })).toContain('alcançado (HTTP 403)');
	});
});
