import central from '../../workflows/00-central.json';
import triagem from '../../workflows/01-triagem.json';
import { startE2eRig, type E2eRig } from '../support/e2e-rig';

const ANA = '5511987654321';

/** The shipped triage, open around the clock so that the tests do not depend on the hour. */
const alwaysOpen = {
	...triagem,
	nodes: triagem.nodes.map((node) =>
		node.name === 'Está aberto?'
			? { ...node, parameters: { ...node.parameters, schedule: 'allDay', brazilianHolidays: false } }
			: node,
	),
};

describe('the shipped triage in a real n8n', () => {
	let rig: E2eRig;

	beforeAll(async () => {
		rig = await startE2eRig({ workflows: [central, alwaysOpen] });
	});
	afterAll(async () => await rig?.close());

	it('serves a customer from hello to queue (B-71)', async () => {
		const { admin } = rig.simulator;
		await admin.say(ANA, 'Oi');
		const [menu] = await admin.waitForReplies(ANA, 1, { timeoutMs: 20_000 });
		expect(menu!.text).toContain('Este é o atendimento automático da Minha Empresa.');
		expect(menu!.text).toContain('Escolha uma fila de atendimento:');
		await admin.say(ANA, '9');
		const [invalid] = await admin.waitForReplies(ANA, 1, { after: menu!.seq, timeoutMs: 20_000 });
		expect(invalid!.text).toContain('Opção digitada não existe, digite uma opção válida');
		await admin.say(ANA, '2');
		const [transfer] = await admin.waitForReplies(ANA, 1, { after: invalid!.seq, timeoutMs: 20_000 });
		expect(transfer!.text).toContain('Aguarde, seu atendimento será redirecionado para o atendente');
	});
});
