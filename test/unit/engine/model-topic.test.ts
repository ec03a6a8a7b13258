import { invoiceOfTopic, invoiceTopic, readInvoiceId } from '../../../engine/model-topic';

describe('the id of an invoice', () => {
	it.each([
		['11222333000181/NF 9/2', '11222333000181', 'NF 9/2'],
		['11.222.333/0001-81/NF 9/2', '11222333000181', 'NF 9/2'],
		['12.abc.345/01de-35/9', '12ABC34501DE35', '9'],
		['529.982.247-25/9', '52998224725', '9'],
		['matriz / 9', 'matriz', '9'],
		['9', '', '9'],
	])('%s', (text, creditor, invoice) => {
		expect(readInvoiceId(text)).toEqual({ creditor, invoice });
		expect(invoiceOfTopic(invoiceTopic({ creditor, invoice }))).toEqual({ creditor, invoice });
	});
});
