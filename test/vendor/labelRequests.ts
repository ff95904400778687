/** What `POST /v1/labels/rates/{rate_id}` is asked for. */
export const LABEL = { label_format: 'pdf', label_layout: '4x6', label_download_type: 'url' };

const FROM = {
	name: 'Ann Lee',
	phone: '512-555-0100',
	address_line1: '4009 Marathon Blvd',
	city_locality: 'Austin',
	state_province: 'TX',
	postal_code: '78756',
	country_code: 'US',
	address_residential_indicator: 'no',
};

const TO = {
	name: 'Max Roe',
	address_line1: '20 W 34th St',
	city_locality: 'New York',
	state_province: 'NY',
	postal_code: '10001',
	country_code: 'US',
	address_residential_indicator: 'unknown',
};

/** What `POST /v1/rates` is asked: a pound from Austin to New York. */
export const rateRequest = (carrier_id: string) => ({
	shipment: {
		ship_from: FROM,
		ship_to: TO,
		packages: [{ package_code: 'package', weight: { value: 1, unit: 'pound' } }],
	},
	rate_options: { carrier_ids: [carrier_id] },
});
