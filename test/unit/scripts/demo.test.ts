import triagem from '../../../workflows/01-triagem.json';
import regua from '../../../workflows/30-regua-de-cobranca.json';
import relatorio from '../../../workflows/31-relatorio-de-cobranca.json';
import { openAllDay, overLinkedDevice } from '../../../scripts/lib/demo.mjs';

it('opens the demonstration around the clock and leaves the rest of the workflow as shipped', () => {
	const demo = openAllDay(triagem);
	const hours = demo.nodes.find((node: any) => node.name === 'Está aberto?');
	expect(hours.parameters).toMatchObject({ schedule: 'allDay', brazilianHolidays: false });
	const others = (nodes: any[]) => nodes.filter((node) => node.name !== 'Está aberto?');
	expect(others(demo.nodes)).toEqual(others(triagem.nodes));
});

it('lets the payment ladder write at any hour, with one state that still has to wait', () => {
	const nodes = (workflow: { nodes: any[] }) => new Map(workflow.nodes.map((node) => [node.name, node]));
	const [demo, shipped] = [nodes(openAllDay(regua)), nodes(regua)];
	const settings = (node: any) =>
		Object.fromEntries(node.parameters.assignments.assignments.map(({ name, value }: any) => [name, value]));
	expect(settings(demo.get('Configuração'))).toEqual({
		...settings(shipped.get('Configuração')),
		'config.diasDeContato': 'seg, ter, qua, qui, sex, sáb, dom',
		'config.das': '00:00',
		'config.ate': '24:00',
	});
	for (const name of ['Régua', 'Régua (ensaio)']) {
		const { stateHours, openOnHolidays, ...others } = demo.get(name).parameters;
		expect(others).toEqual(shipped.get(name).parameters);
		expect(stateHours.row).toMatchObject([{ states: ['AC'], from: '09:00', to: '10:00' }]);
		expect(openOnHolidays).toBe(true);
	}
});

it('leaves the period of a report as shipped', () => {
	expect(openAllDay(relatorio).nodes).toEqual(relatorio.nodes);
});

it('offers the triage a second time, for a number linked by QR code, with another trigger and nothing else (X-01)', () => {
	const { id, name, nodes, ...others } = overLinkedDevice(triagem);
	expect([id, name]).toEqual(['whatsappDesk01qr', '01 · Triagem (QR Code)']);
	const isTrigger = ({ type }: { type: string }) => type.endsWith('.whatsAppTrigger');
	expect(nodes.filter(isTrigger)).toMatchObject([{ parameters: { connectThrough: 'linkedDevice' } }]);
	expect(nodes.filter((node: any) => !isTrigger(node))).toEqual(triagem.nodes.filter((node) => !isTrigger(node)));
	const { id: _id, name: _name, nodes: _nodes, ...shipped } = triagem;
	expect(others).toEqual(shipped);
});
