import { formOf, mapperFields } from '../../../../../nodes/shared/template/form';
import { REMINDER, withHeader } from './templates';

describe('the form of a template (D-20, C-31, C-33)', () => {
	it('has one field per value, in reading order, with the approved examples', () => {
		expect(
			mapperFields(REMINDER).map(({ id, displayName, required, removed }) => [id, displayName, required, removed]),
		).toEqual([
			['header.1', 'Header {{1}} (e.g. 10/2026)', true, false],
			['body.1', 'Body {{1}} (e.g. Ana)', true, false],
			['body.2', 'Body {{2}}', true, false],
			['button.0', 'Payload: Já paguei', false, true],
			['button.1', 'Link End: Ver boleto', true, false],
		]);
	});

	it('asks for the file of a header, by default the one most nodes make', () => {
		expect(mapperFields(withHeader({ type: 'image' }))[0]).toMatchObject({
			id: 'header.file',
			displayName: 'Image: Link or Field',
			required: true,
			defaultValue: 'data',
		});
		expect(formOf(withHeader({ type: 'document' })).map(({ key, extra }) => [key, extra ?? false])).toEqual([
			['header.file', false],
			['header.fileName', true],
			['body.nome', false],
		]);
	});

	it('of a template without values shows nothing', () => {
		const template = withHeader(null);
		const fields = mapperFields({ ...template, body: { text: 'Oi', variables: [] } });
		expect(fields.map(({ display }) => display)).toEqual([false]);
	});

	it('asks for the place of a header', () => {
		expect(formOf(withHeader({ type: 'location' })).map(({ key, required }) => [key, required])).toEqual([
			['header.latitude', true],
			['header.longitude', true],
			['header.placeName', false],
			['header.address', false],
			['body.nome', true],
		]);
	});
});
